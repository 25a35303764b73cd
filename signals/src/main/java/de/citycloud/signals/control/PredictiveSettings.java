package de.citycloud.signals.control;

import java.util.List;

/**
 * Parameters of {@link Predictive}; one set for all networks.
 *
 * @param horizonSeconds how far plans look ahead, 20 to 90 s
 * @param beam plans kept at each moment
 * @param alike plans kept at each moment that agree in their first and present stage
 * @param stopCost cost of one stop, in seconds of waiting
 * @param switchCost cost of one change of stage, in seconds of waiting
 * @param leftCost cost of one vehicle still there at the end, in seconds of waiting
 * @param queueCost weight of the time that the queues at the end take to drain
 * @param mostQueueFactor how much that weight grows at most where the intersection is nearly full; 1 not at all
 * @param gapSeconds gap that a yielding vehicle needs, s
 * @param usedYellowSeconds yellow in which vehicles still pass, s
 * @param forcedRedSeconds red after which a group is served next, s
 * @param leaveAfterSeconds a green in which no vehicle has passed for so long may not go on if others wait; 0 never
 * @param serviceSeconds time without green of its own after which a queue is served next; 0 never
 * @param fixedOrder true if stages follow each other in the order of the network's program
 * @param startLossSeconds time until the first standing vehicle passes, s
 */
public record PredictiveSettings(int horizonSeconds, int beam, int alike, double stopCost, double switchCost,
    double leftCost, double queueCost, double mostQueueFactor, int gapSeconds, int usedYellowSeconds,
    int forcedRedSeconds, int leaveAfterSeconds, int serviceSeconds, int startLossSeconds, boolean fixedOrder) {
  /** The set for normal demand. */
  public static PredictiveSettings normal() {
    return new PredictiveSettings(60, 10, 16, 3, 2, 6, 0.5, 4, 5, 1, 95, 0, 0, 0, false);
  }

  /**
   * The set for junctions that cannot serve all: only vehicles that really cross keep a green, yielding is no service,
   * and nobody who waits is left out for long.
   */
  public static PredictiveSettings saturated() {
    return normal().with("mostQueueFactor=1").with("leaveAfterSeconds=4").with("serviceSeconds=45")
        .with("fixedOrder=1");
  }

  /**
   * With one parameter changed, e.g. {@code stopCost=2}.
   *
   * @throws IllegalArgumentException if there is no such parameter or its value is no number
   */
  public PredictiveSettings with(String assignment) {
    var parts = assignment.split("=", 2);
    var names = List.of("horizonSeconds", "beam", "alike", "stopCost", "switchCost", "leftCost", "queueCost",
        "mostQueueFactor", "gapSeconds", "usedYellowSeconds", "forcedRedSeconds", "leaveAfterSeconds", "serviceSeconds",
        "startLossSeconds", "fixedOrder");
    int index = names.indexOf(parts[0]);
    if (index < 0 || parts.length < 2 || !parts[1].matches("[0-9]{1,4}(\\.[0-9]+)?")) {
      throw new IllegalArgumentException("\"%s\" is no parameter, expected one of %s with a number."
          .formatted(assignment, names));
    }
    var values = new double[]{horizonSeconds, beam, alike, stopCost, switchCost, leftCost, queueCost, mostQueueFactor,
        gapSeconds, usedYellowSeconds, forcedRedSeconds, leaveAfterSeconds, serviceSeconds, startLossSeconds,
        fixedOrder ? 1 : 0};
    values[index] = Double.parseDouble(parts[1]);
    return new PredictiveSettings((int) values[0], (int) values[1], (int) values[2], values[3], values[4], values[5],
        values[6], values[7], (int) values[8], (int) values[9], (int) values[10], (int) values[11], (int) values[12],
        (int) values[13], values[14] > 0);
  }
}
