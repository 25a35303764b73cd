package de.citycloud.signals.junction;

import de.citycloud.signals.network.Lane;
import java.util.BitSet;
import java.util.List;

/**
 * A short lane behind a junction, between two nodes without a signal, from which a way without a signal leads back to
 * itself: once such a cycle is full, its vehicles lock each other.
 *
 * @param lane the lane
 * @param groups groups whose vehicles may come to it
 * @param others the other lanes of the shortest such cycle; may be empty
 */
public record Section(Lane lane, BitSet groups, List<Lane> others) {
  public Section {
    groups = (BitSet) groups.clone();
    others = List.copyOf(others);
  }
}
