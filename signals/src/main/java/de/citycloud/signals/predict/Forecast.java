package de.citycloud.signals.predict;

/**
 * What is expected at the stop lines of one intersection; lanes and movements in the intersection's order.
 *
 * @param arrivals [lane][t] vehicles that reach the stop line t seconds from now if nothing holds them, expected number
 * @param moving [lane][t] those of the arrivals that have not stopped yet
 * @param standing [lane] vehicles that have already stopped
 * @param approaching [lane] all vehicles in sight, expected number
 * @param shares [movement] share of its lane's vehicles that take it, 0 to 1
 * @param saturation [lane] vehicles a second that pass a stop line from a queue
 * @param weight [lane] mean importance of its vehicles' waiting; 1 for cars
 * @param headWaits [lane] seconds for which the first vehicle has stood although some of its lane's movements had green
 * @param secondsSinceCrossing [lane] since the last vehicle passed the stop line
 * @param exitFull [movement] true if its exit lane has no room
 * @param insideLong [group] true if a vehicle of this group is inside the junction and cannot leave it soon
 * @param flow [lane] vehicles a second, mean of the last minutes
 */
public record Forecast(double[][] arrivals, double[][] moving, double[] standing, double[] approaching, double[] shares,
    double[] saturation, double[] weight, int[] headWaits, int[] secondsSinceCrossing, boolean[] exitFull,
    boolean[] insideLong, double[] flow) {
  /** Seconds that {@link #arrivals} covers. */
  public int horizonSeconds() {
    return arrivals.length == 0 ? 0 : arrivals[0].length;
  }
}
