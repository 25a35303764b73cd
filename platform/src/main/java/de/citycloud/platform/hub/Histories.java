package de.citycloud.platform.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Datastreams of the current municipality measured before: the numbers behind charts and tables. */
public interface Histories {
  /** More samples than these one answer never holds. */
  int LIMIT = 3_000;

  /**
   * Numbers of a Datastream, oldest first. Values marked as doubtful stand alone, they never enter a mean.
   *
   * @param from first moment
   * @param to first moment after
   * @param step means over steps of this length, aligned to the hour; zero for each value as it is
   * @return at most {@link #LIMIT}, the newest ones if there are more
   */
  List<Sample> list(int datastreamId, Instant from, Instant to, Duration step);

  /** What is usual for a Datastream at each hour of the week; empty if it has not measured for two weeks yet. */
  Optional<Usual> findUsual(int datastreamId);

  /**
   * One number, or the mean of a step.
   *
   * @param time when; start of the step for a mean
   * @param value in the unit of the Datastream
   * @param doubtful true if its resultQuality says that it may be wrong
   */
  record Sample(Instant time, double value, boolean doubtful) {}

  /** Ranges by hour of the week, from the last eight weeks. */
  interface Usual {
    /** The range at the hour of {@code time}; null if that hour has too few values. */
    @Nullable
    Range at(Instant time);
  }

  /**
   * Where eight of ten values lie.
   *
   * @param low one of ten lies below
   * @param middle half lie below
   * @param high one of ten lies above
   */
  record Range(double low, double middle, double high) {}
}
