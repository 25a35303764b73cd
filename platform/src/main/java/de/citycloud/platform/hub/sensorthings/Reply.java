package de.citycloud.platform.hub.sensorthings;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An answer, ready to be sent.
 *
 * @param type media type of the body; null if there is none
 * @param location address of what was written; null if nothing was
 */
record Reply(HttpStatus status, @Nullable String type, @Nullable String location, byte[] body) {
  static Reply json(HttpStatus status, byte[] body) {
    return new Reply(status, "application/json", null, body);
  }

  static Reply empty(HttpStatus status) {
    return new Reply(status, null, null, new byte[0]);
  }

  Reply at(String address) {
    return new Reply(status, type, address, body);
  }
}
