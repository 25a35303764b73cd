package de.citycloud.platform.guard;

import java.io.IOException;

/** Input is larger, deeper or denser than a guard lets through, or of a form that it never lets through. */
public final class LimitExceeded extends IOException {
  private static final long serialVersionUID = 1L;

  /** @param message value, expectation and place */
  public LimitExceeded(String message) {
    super(message);
  }
}
