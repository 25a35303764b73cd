package de.citycloud.platform.privacy;

/**
 * How statistics about persons are made safe before they leave the house.
 *
 * @param threshold counts from 1 to one less than this are suppressed, and as many values stay possible for each
 *     suppressed cell; 3 to 100
 * @param rounding published counts are multiples of this; 1 for none, to 100
 * @param epsilon privacy spent by discrete Laplace noise on each published count; 0 for no noise, to 10
 */
public record ReleasePolicy(int threshold, int rounding, double epsilon) {
  /** At least 5 persons in a cell, no rounding, no noise. */
  public static final ReleasePolicy USUAL = new ReleasePolicy(5, 1, 0);

  public ReleasePolicy {
    if (threshold < 3 || threshold > 100) {
      throw new IllegalArgumentException("threshold is %d, expected 3 to 100.".formatted(threshold));
    }
    if (rounding < 1 || rounding > 100) {
      throw new IllegalArgumentException("rounding is %d, expected 1 to 100.".formatted(rounding));
    }
    if (!(epsilon >= 0 && epsilon <= 10)) {
      throw new IllegalArgumentException("epsilon is %s, expected 0 to 10.".formatted(epsilon));
    }
  }
}
