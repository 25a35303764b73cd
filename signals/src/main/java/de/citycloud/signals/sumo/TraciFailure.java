package de.citycloud.signals.sumo;

import org.jspecify.annotations.Nullable;

/** The link to SUMO broke, or SUMO refused something. */
public final class TraciFailure extends Exception {
  private static final long serialVersionUID = 1L;

  TraciFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
