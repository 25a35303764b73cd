package de.citycloud.signals.safety;

/** Rules that contradict themselves or cannot be kept; names the group, the value and what was expected. */
public final class UnsafeRules extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsafeRules(String message) {
    super(message);
  }
}
