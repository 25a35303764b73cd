package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.network.Lane;
import de.citycloud.signals.predict.Snapshot;
import java.util.BitSet;

/**
 * Keeps vehicles out of short sections between nodes without a signal while those are full. Two vehicles that turn
 * round at the two ends of such a section each wait for the room that the other one takes; once that has happened no
 * signal can undo it.
 */
final class SectionGuard {
  /** A vehicle whose rear is closer to the beginning leaves no room for another one, m. */
  private static final double BEGINNING_METRES = 8;
  private static final double STANDING_SPEED = 1;
  private static final int FULL_SECONDS = 2;
  /** The same for the lane back: who turns round at its end needs room here. */
  private static final int BACK_FULL_SECONDS = 3;
  /** Below the 95 s of red after which a group is forced; the 45 s of the saturated regime do not know of it. */
  private static final int MOST_RED_SECONDS = 90;

  private final Intersection intersection;
  /** [section] seconds for which it, and the lane back, has been full. */
  private final int[] fullSeconds;
  private final int[] backFullSeconds;

  SectionGuard(Intersection intersection) {
    this.intersection = intersection;
    fullSeconds = new int[intersection.sections().size()];
    backFullSeconds = new int[fullSeconds.length];
  }

  /**
   * Groups that must not send more vehicles now; to be called once a second.
   *
   * @param redSeconds [group] since green ended; who has waited for long is let through
   */
  BitSet closed(Snapshot snapshot, int[] redSeconds) {
    var closed = new BitSet();
    for (int i = 0; i < fullSeconds.length; i++) {
      var section = intersection.sections().get(i);
      fullSeconds[i] = isFull(snapshot, section.lane()) ? fullSeconds[i] + 1 : 0;
      backFullSeconds[i] = isFull(snapshot, section.back()) ? backFullSeconds[i] + 1 : 0;
      if (fullSeconds[i] >= FULL_SECONDS || backFullSeconds[i] >= BACK_FULL_SECONDS) {
        closed.or(section.groups());
      }
    }
    for (int g = closed.nextSetBit(0); g >= 0; g = closed.nextSetBit(g + 1)) {
      closed.set(g, redSeconds[g] < MOST_RED_SECONDS);
    }
    return closed;
  }

  /** True if a vehicle stands at its beginning. */
  private static boolean isFull(Snapshot snapshot, Lane lane) {
    return snapshot.on(lane.id()).stream().anyMatch(vehicle -> vehicle.speedMetresPerSecond() < STANDING_SPEED
        && vehicle.positionMetres() - vehicle.lengthMetres() < BEGINNING_METRES);
  }
}
