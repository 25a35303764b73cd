package de.citycloud.signals.junction;

import java.util.BitSet;

/**
 * Signal groups that may be green together (German: <i>Phase</i>).
 *
 * @param name for people: the groups that are green
 * @param groups the groups
 * @param yielding those of them that let other groups of the stage pass first
 * @param programmed true if the network's fixed program has it
 */
public record Stage(String name, BitSet groups, BitSet yielding, boolean programmed) {
  public Stage {
    groups = (BitSet) groups.clone();
    yielding = (BitSet) yielding.clone();
  }
}
