package de.citycloud.platform.hub.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes what a connector finds, in order. */
public interface Findings {
  /** Takes a usable record. */
  void accept(SourceRecord found) throws IOException;

  /**
   * Takes a row that cannot be used.
   *
   * @param place where in the input, e.g. {@code line 12, column Capacity}
   * @param reason value and expectation, then advice
   * @param excerpt what stands there; complete and readable on its own where possible, null if it cannot be shown
   */
  void reject(String place, String reason, @Nullable String excerpt) throws IOException;
}
