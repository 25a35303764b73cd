package de.citycloud.platform.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source and how it is doing.
 *
 * @param id number within the municipality
 * @param key name in addresses and folders
 * @param kind which connector reads it
 * @param name name for people
 * @param addresses where it is fetched; empty if it is pushed to us
 * @param every time between two fetches or messages
 * @param enabled false if nothing is fetched or taken
 * @param state how it is doing
 * @param lastRunAt when something was last fetched or came in; null for never
 * @param lastSuccessAt when that last went well; null for never
 * @param newestAt newest phenomenonTime it brought; null if none
 * @param lag age of that newest value; null if none
 * @param nextRunAt when it is fetched next; null if it is pushed
 * @param lastError why the last run failed, with advice; null if it went well
 * @param things how many Things it describes
 * @param observations how many Observations it has brought in all
 * @param rejected how many rows were rejected in all
 * @param quarantined how many different rejected rows are kept to look at
 * @param licence licence of the data; null if unknown
 * @param attribution whom to name; null if nobody
 */
public record SourceStatus(int id, String key, String kind, String name, List<String> addresses, Duration every,
    boolean enabled, State state, @Nullable Instant lastRunAt, @Nullable Instant lastSuccessAt,
    @Nullable Instant newestAt, @Nullable Duration lag, @Nullable Instant nextRunAt, @Nullable String lastError,
    int things, long observations, long rejected, int quarantined, @Nullable String licence,
    @Nullable String attribution) {
  /** How a source is doing. */
  public enum State {
    /** Nothing has come yet. */
    WAITING,
    /** The last run went well and is not too old. */
    OK,
    /** The last run went well, but nothing has come for more than three times the usual time. */
    LATE,
    /** The last run failed. */
    FAILED,
    /** Switched off. */
    OFF
  }
}
