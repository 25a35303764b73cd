package de.citycloud.signals.junction;

import de.citycloud.signals.network.Lane;

/**
 * A lane from which vehicles reach the stop line without passing another signal; stop line lanes belong to them.
 *
 * @param lane the lane
 * @param stopLane index of the stop line lane if it is one; else −1
 * @param metresToStopLine from its end to the nearest stop line, m
 * @param secondsToStopLine free travel time from its end to the nearest stop line, s
 * @param prior share of its vehicles expected at each stop line lane before anything was seen; sums to 1
 */
public record UpstreamLane(Lane lane, int stopLane, double metresToStopLine, double secondsToStopLine,
    double[] prior) {}
