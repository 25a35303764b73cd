package de.citycloud.platform.hub.connector;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source as the intake needs it.
 *
 * @param id number within the municipality
 * @param mapping how to read it, as written; null if nothing is said
 */
record SourceRow(int id, String key, String kind, String name, List<String> addresses, Duration every,
    @Nullable String mapping, @Nullable String licence, boolean enabled) {}
