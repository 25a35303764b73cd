package de.citycloud.signals.evaluate;

import java.util.List;

/**
 * What one run brought; delays in s per due trip.
 *
 * @param scenario its name
 * @param controller name of the strategy
 * @param seed of SUMO
 * @param delay of all trips
 * @param base of trips that are not visitors'
 * @param event of visitors' trips; 0 without any
 * @param percentile95 that 95 % do not exceed
 * @param trips due
 * @param teleports vehicles that SUMO moved on because they were stuck
 * @param violations what the judge found
 * @param longestRedSeconds of any stream of vehicles
 * @param failures decisions that failed or came too late
 * @param slowestMillis longest decision of one intersection
 * @param meanMillis mean decision of one intersection, setting of the lights included
 * @param seconds time the run took
 */
record Measurement(String scenario, String controller, int seed, double delay, double base, double event,
    double percentile95, int trips, int teleports, List<String> violations, int longestRedSeconds, long failures,
    double slowestMillis, double meanMillis, double seconds) {}
