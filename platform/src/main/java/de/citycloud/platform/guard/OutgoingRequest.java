package de.citycloud.platform.guard;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to the outside: a GET, or a POST if it has a body.
 *
 * @param address http or https URL
 * @param headers further request headers, e.g. {@code If-None-Match}; dropped when a redirect leaves the host
 * @param maxBytes how long the body of the answer may be as sent, 1 byte to 512 MB
 * @param body what is posted, with its {@code Content-Type} among the headers; null for a GET
 */
public record OutgoingRequest(String address, Map<String, String> headers, long maxBytes, byte @Nullable [] body) {
  public OutgoingRequest {
    headers = Map.copyOf(headers);
    if (maxBytes < 1 || maxBytes > SafeArchive.MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes is %d, expected 1 to %d.".formatted(maxBytes, SafeArchive.MAX_BYTES));
    }
  }

  /** A GET. */
  public OutgoingRequest(String address, Map<String, String> headers, long maxBytes) {
    this(address, headers, maxBytes, null);
  }

  /** A POST of JSON whose answer has at most 64 kB; redirects are not followed. */
  public static OutgoingRequest postJson(String address, byte[] body) {
    return new OutgoingRequest(address, Map.of("Content-Type", "application/json"), 64L << 10, body);
  }

  /** A GET without further headers and of at most 64 MB. */
  public static OutgoingRequest get(String address) {
    return new OutgoingRequest(address, Map.of(), 64L << 20);
  }
}
