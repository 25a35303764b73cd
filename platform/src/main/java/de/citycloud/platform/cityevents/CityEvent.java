package de.citycloud.platform.cityevents;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that will happen in the city and brings people.
 *
 * @param source where it comes from, e.g. {@code procedure 2026-7K3F-9QXD}: the same source again replaces it
 * @param name as the public reads it, 1 to 200 characters; no names of persons
 * @param place in words, 1 to 300 characters
 * @param longitude degrees east, WGS 84; null if only the words are known
 * @param latitude degrees north, WGS 84
 * @param from begin
 * @param until end, after {@code from}, at most 60 days later
 * @param expectedVisitors at the same time, 0 to 1,000,000
 */
public record CityEvent(String source, String name, String place, @Nullable Double longitude,
    @Nullable Double latitude, Instant from, Instant until, int expectedVisitors) {}
