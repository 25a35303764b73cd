package de.citycloud.platform.procedure.pack;

/** A value that a parameter cannot have. */
public final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Words words;

  InvalidValue(String de, String en) {
    super(en);
    words = new Words(de, en, null);
  }

  /** What to do, for the person who sets the value. */
  public Words words() {
    return words;
  }
}
