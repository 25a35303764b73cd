package de.citycloud.platform.privacy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreteLaplaceTest {
  private static final int DRAWS = 200_000;
  private static final long SEED = 20_261_123;

  /** P(x) = (1 − q) / (1 + q) · q^|x| with q = e^−ε: chi-square over the values that are frequent enough. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 2.5})
  void theNoiseFollowsItsDistribution(double epsilon) {
    var noise = new DiscreteLaplace(epsilon, new SplittableRandom(SEED));
    var seen = new HashMap<Long, Integer>();
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      long value = noise.next();
      sum += value;
      seen.merge(value, 1, Integer::sum);
    }
    double q = Math.exp(-epsilon);
    double chiSquare = 0;
    int classes = 0;
    double inClasses = 0;
    for (long x = -200; x <= 200; x++) {
      double expected = DRAWS * (1 - q) / (1 + q) * Math.pow(q, Math.abs(x));
      if (expected >= 20) {
        chiSquare += Math.pow(seen.getOrDefault(x, 0) - expected, 2) / expected;
        inClasses += expected;
        classes++;
      }
    }
    assertThat(inClasses).isGreaterThan(DRAWS * 0.95);
    // Mean k, variance 2k: four standard deviations are beyond chance for a sound source.
    assertThat(chiSquare).as("chi-square of %d classes, seed %d", classes, SEED)
        .isLessThan(classes + 4 * Math.sqrt(2.0 * classes));
    double deviation = Math.sqrt(2 * q) / (1 - q);
    assertThat(Math.abs(sum / DRAWS)).as("mean, seed %d", SEED).isLessThan(4 * deviation / Math.sqrt(DRAWS));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 11, Double.NaN})
  void anEpsilonThatProtectsNobodyOrIsNoneIsRefused(double epsilon) {
    assertThatThrownBy(() -> new DiscreteLaplace(epsilon, new SplittableRandom(SEED)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("epsilon is");
  }
}
