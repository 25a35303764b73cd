package de.citycloud.platform.hub;

import java.time.Instant;

/**
 * A rejected row, kept 30 days to look at and to read again once the mapping is mended. Equal rows are kept once.
 *
 * @param id number within the municipality
 * @param sourceId the source it came from
 * @param firstAt when it was first seen
 * @param lastAt when it was last seen
 * @param place where in the input
 * @param reason value and expectation, then advice
 * @param excerpt what was there, at most 4 KB
 * @param timesSeen how often it came
 * @param replayable true if the excerpt is complete and can be read again
 */
public record Quarantined(int id, int sourceId, Instant firstAt, Instant lastAt, String place, String reason,
    String excerpt, int timesSeen, boolean replayable) {}
