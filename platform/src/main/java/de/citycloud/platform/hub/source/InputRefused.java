package de.citycloud.platform.hub.source;

/** Nothing of an input can be used; the message says what was found and what was expected. */
public final class InputRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** @param message value, expectation, place; advice on a new line */
  public InputRefused(String message) {
    super(message);
  }
}
