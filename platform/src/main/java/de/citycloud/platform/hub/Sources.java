package de.citycloud.platform.hub;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The data sources of the current municipality: what is connected, how it is doing, what it sent that could not be
 * used.
 *
 * <p>Problems: {@code source-not-found} (404), {@code source-kind} (422, unknown connector or broken mapping), {@code
 * source-off} (409), {@code input-refused} (422, nothing of the input could be read), {@code too-large} (413), {@code
 * hub-busy} (503).
 */
public interface Sources {
  /** All sources, ordered by name. */
  List<SourceStatus> listAll();

  /** The source with this key; empty if there is none. */
  Optional<SourceStatus> find(String key);

  /** Connects a source, or changes the one that has this key. */
  SourceStatus register(NewSource source);

  /** Switches a source on or off. */
  void setEnabled(String key, boolean enabled);

  /** Kinds that {@link #register} takes, in alphabetical order. */
  List<String> listKinds();

  /**
   * Takes what a source has pushed. Returns when everything usable is durable; the rest is in quarantine.
   *
   * @param key the source
   * @param name what the input is called in messages, e.g. a file name or {@code webhook}
   * @param body the bytes, gzip and zip allowed; read to its end, not closed
   * @param receivedAt when it came, used where the input says no time
   */
  SourceReport receive(String key, String name, InputStream body, Instant receivedAt);

  /** Fetches a source now and waits for the outcome. */
  SourceReport runNow(String key);

  /** Rejected rows of a source, last seen first. */
  List<Quarantined> listQuarantine(String key, int limit);

  /** Reads everything replayable in the quarantine of a source again; what works now leaves the quarantine. */
  SourceReport replay(String key);
}
