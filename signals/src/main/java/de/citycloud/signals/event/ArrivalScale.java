package de.citycloud.signals.event;

/**
 * How many vehicles really come by those that were expected (Gamma prior with mean 1, Poisson observations): the more
 * the calendar was in doubt, the sooner the observations count.
 */
final class ArrivalScale {
  private static final double LEAST = 0.2;
  private static final double MOST = 3;

  private double observed;
  private double expected;
  /** Flow without an event, vehicles a second; the mean of what was seen before it. */
  private double everyday;
  private int quietLooks;

  /** @param deviationShare standard deviation of the expected number by the number, above 0 */
  ArrivalScale(double deviationShare) {
    double weight = 1 / Math.max(0.01, deviationShare * deviationShare);
    observed = weight;
    expected = weight;
  }

  /**
   * Takes in what was seen for some time.
   *
   * @param expectedFlow of the event, vehicles a second
   * @param seenFlow of everybody where the event's vehicles have to pass, vehicles a second
   * @param seconds length of the look
   * @param before true before the event: what is seen is everyday traffic
   */
  void see(double expectedFlow, double seenFlow, int seconds, boolean before) {
    if (before) {
      quietLooks++;
      everyday += (seenFlow - everyday) / quietLooks;
    } else if (quietLooks > 0) {
      expected += expectedFlow * seconds;
      observed += Math.max(0, seenFlow - everyday) * seconds;
    }
  }

  /** Vehicles by those expected; 1 before anything was seen. */
  double mean() {
    return Math.clamp(observed / expected, LEAST, MOST);
  }
}
