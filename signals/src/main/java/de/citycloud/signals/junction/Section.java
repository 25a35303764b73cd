package de.citycloud.signals.junction;

import de.citycloud.signals.network.Lane;
import java.util.BitSet;

/**
 * A short lane behind a junction, between two nodes without a signal at both of which vehicles may turn round: once it
 * and the lane back are full, their vehicles lock each other.
 *
 * @param lane the lane
 * @param groups groups whose vehicles may come to it
 * @param back lane to which vehicles turn round at its end, and from which they turn round into it
 */
public record Section(Lane lane, BitSet groups, Lane back) {
  public Section {
    groups = (BitSet) groups.clone();
  }
}
