package de.citycloud.platform.database;

/** The store cannot be opened; the message says which, why, and what to do, for whoever runs the program. */
public class StoreUnavailable extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  StoreUnavailable(String message) {
    super(message);
  }

  StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
