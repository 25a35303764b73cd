package de.citycloud.platform.guard;

import java.util.Map;

/**
 * A GET to the outside.
 *
 * @param address http or https URL
 * @param headers further request headers, e.g. {@code If-None-Match}; dropped when a redirect leaves the host
 * @param maxBytes how long the body may be as sent, 1 byte to 512 MB
 */
public record OutgoingRequest(String address, Map<String, String> headers, long maxBytes) {
  public OutgoingRequest {
    headers = Map.copyOf(headers);
    if (maxBytes < 1 || maxBytes > SafeArchive.MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes is %d, expected 1 to %d.".formatted(maxBytes, SafeArchive.MAX_BYTES));
    }
  }

  /** A GET without further headers and of at most 64 MB. */
  public static OutgoingRequest get(String address) {
    return new OutgoingRequest(address, Map.of(), 64L << 20);
  }
}
