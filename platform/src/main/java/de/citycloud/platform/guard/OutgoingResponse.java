package de.citycloud.platform.guard;

import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the other side answered.
 *
 * @param status HTTP status; redirects were followed
 * @param headers by name in lower case
 * @param body unpacked, within the limits; only readable within the call
 */
public record OutgoingResponse(int status, Map<String, String> headers, InputStream body) {
  /** The header of this name; empty if there is none. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
