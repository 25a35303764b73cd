package de.citycloud.platform.cli;

/** The arguments of a command are not understood; the message says what was expected, then advises. */
class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
