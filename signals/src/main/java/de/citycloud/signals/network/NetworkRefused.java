package de.citycloud.signals.network;

/** A network that cannot be used; the message names value, expectation and place. */
public final class NetworkRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** @param message value, expectation, place; advice on a new line */
  public NetworkRefused(String message) {
    super(message);
  }

  /** As above, with what caused it. */
  public NetworkRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
