package de.citycloud.signals.safety;

import java.util.BitSet;

/**
 * What a strategy would like to see: these groups green, all others red.
 *
 * @param decidedAtSecond second for which it was decided; older than the kernel's patience it is not followed
 * @param green the groups; may be anything, the kernel sees to it
 */
public record SignalRequest(long decidedAtSecond, BitSet green) {
  public SignalRequest {
    // Not clone(): a strategy may bring a BitSet of its own that answers differently each time.
    green = BitSet.valueOf(green.toLongArray());
  }
}
