package de.citycloud.signals.network;

import java.util.BitSet;

/**
 * Who meets whom at a junction, by request index.
 *
 * @param foes foes[i] has j: the ways i and j cross or merge
 * @param yields yields[i] has j: whoever drives i lets j pass first
 */
public record RightOfWay(BitSet[] foes, BitSet[] yields) {
  /** True if i and j cannot be driven at the same time. */
  public boolean areFoes(int i, int j) {
    return i >= 0 && j >= 0 && i < foes.length && j < foes.length && (foes[i].get(j) || foes[j].get(i));
  }

  /** True if i gives way to j. */
  public boolean givesWay(int i, int j) {
    return i >= 0 && j >= 0 && i < yields.length && yields[i].get(j);
  }
}
