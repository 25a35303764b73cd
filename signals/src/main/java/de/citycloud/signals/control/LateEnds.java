package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.safety.Lamp;
import java.util.BitSet;

/**
 * Lets each green end as late as the next stage allows (German: <i>Phasenübergang</i>). People on foot need many
 * seconds to clear a road; vehicles that conflict with the same beginning groups may go on for most of them.
 */
final class LateEnds {
  private final Intersection intersection;

  LateEnds(Intersection intersection) {
    this.intersection = intersection;
  }

  /**
   * What to ask for in this second so that a stage begins no later than if all others ended now.
   *
   * @param target groups of the stage
   * @param redSeconds [group] since green ended
   * @param closed groups that should not go on
   */
  BitSet wish(BitSet target, Lamp[] lamps, int[] redSeconds, BitSet closed) {
    var wish = (BitSet) target.clone();
    var begins = new int[lamps.length];
    int last = 0;
    for (int j = target.nextSetBit(0); j >= 0; j = target.nextSetBit(j + 1)) {
      begins[j] = lamps[j] == Lamp.GREEN ? 0 : secondsUntil(j, lamps, redSeconds);
      last = Math.max(last, begins[j]);
    }
    for (int j = target.nextSetBit(0); j >= 0; j = target.nextSetBit(j + 1)) {
      begins[j] = intersection.pedestrian().get(j) && lamps[j] != Lamp.GREEN ? last : begins[j];
    }
    for (int i = 0; i < lamps.length; i++) {
      if (lamps[i] == Lamp.GREEN && !target.get(i) && !closed.get(i) && mayGoOn(i, target, begins)) {
        wish.set(i);
        wish.andNot(intersection.rules().conflicts().get(i));
      }
    }
    return wish;
  }

  /** Seconds until a group can begin if all that conflict with it end now. */
  private int secondsUntil(int group, Lamp[] lamps, int[] redSeconds) {
    var intergreen = intersection.rules().intergreenSeconds();
    var foes = intersection.rules().conflicts().get(group);
    int most = 0;
    for (int k = foes.nextSetBit(0); k >= 0; k = foes.nextSetBit(k + 1)) {
      most = Math.max(most, intergreen[k][group] - (lamps[k] == Lamp.GREEN ? 0 : redSeconds[k]));
    }
    return most;
  }

  /** True if its end is early enough one second from now; a group that delays nobody ends with its stage. */
  private boolean mayGoOn(int group, BitSet target, int[] begins) {
    var intergreen = intersection.rules().intergreenSeconds()[group];
    var foes = intersection.rules().conflicts().get(group);
    boolean delays = false;
    for (int j = foes.nextSetBit(0); j >= 0; j = foes.nextSetBit(j + 1)) {
      if (target.get(j)) {
        delays = true;
        if (begins[j] <= intergreen[j]) {
          return false;
        }
      }
    }
    return delays;
  }
}
