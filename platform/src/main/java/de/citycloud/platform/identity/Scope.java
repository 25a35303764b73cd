package de.citycloud.platform.identity;

/** What an API key may do; each includes the ones before it. */
public enum Scope {
  /** Read what is not public. */
  READ,
  /** Write observations and entities. */
  WRITE,
  /** Change sources, keys and settings. */
  ADMIN;

  /** True if a holder of this scope may do what needs {@code needed}. */
  public boolean includes(Scope needed) {
    return ordinal() >= needed.ordinal();
  }

  /** Authority of Spring Security: {@code SCOPE_write} and so on. */
  public String authority() {
    return "SCOPE_" + name().toLowerCase(java.util.Locale.ROOT);
  }
}
