package de.citycloud.platform.privacy.release;

import java.util.random.RandomGenerator;

/**
 * Whole-number noise with P(x) proportional to e^(−ε·|x|): a count of persons with it is ε-differentially private. It is
 * drawn without floating-point logarithms, whose gaps would tell on the count (after Canonne, Kamath and Steinke 2020).
 * ε is taken as a fraction with denominator {@value #UNIT}.
 */
final class DiscreteLaplace {
  private static final int UNIT = 1_000;

  private final RandomGenerator random;
  private final int numerator;

  /**
   * @param epsilon 0.001 to 10
   * @param random {@link java.security.SecureRandom}, except in tests
   */
  DiscreteLaplace(double epsilon, RandomGenerator random) {
    if (!(epsilon >= 0.001 && epsilon <= 10)) {
      throw new IllegalArgumentException("epsilon is %s, expected 0.001 to 10.".formatted(epsilon));
    }
    // Rounded down: less epsilon is more protection.
    this.numerator = (int) Math.floor(epsilon * UNIT + 1e-9);
    this.random = random;
  }

  /** The next noise. */
  long next() {
    while (true) {
      boolean negative = random.nextBoolean();
      long magnitude = magnitude();
      if (!negative || magnitude != 0) {
        return negative ? -magnitude : magnitude;
      }
    }
  }

  /** P(m) proportional to e^(−m·numerator/UNIT), in two parts: a rest below UNIT and a multiple of it. */
  private long magnitude() {
    while (true) {
      int rest = random.nextInt(UNIT);
      if (!happens(rest, UNIT)) {
        continue;
      }
      long whole = 0;
      while (happens(1, 1)) {
        whole++;
      }
      return (rest + UNIT * whole) / numerator;
    }
  }

  /** True with probability e^(−part/of), 0 ≤ part ≤ of, by von Neumann's series. */
  private boolean happens(int part, int of) {
    int k = 1;
    // goes on with probability part / (of · k)
    while (random.nextInt(of) < part && random.nextInt(k) == 0) {
      k++;
    }
    return k % 2 == 1;
  }
}
