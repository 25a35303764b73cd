package de.citycloud.platform.guard;

import java.io.IOException;

/** The door does not call this address; trying again changes nothing. */
public final class OutgoingRefused extends IOException {
  private static final long serialVersionUID = 1L;

  OutgoingRefused(String message) {
    super(message);
  }
}
