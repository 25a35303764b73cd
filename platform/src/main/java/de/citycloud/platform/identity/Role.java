package de.citycloud.platform.identity;

import java.util.Locale;

/** What somebody of the administration may do here; an administrator may do all that staff may. */
public enum Role {
  /** Looks after sources and data. */
  STAFF,
  /** Gives out keys and changes settings. */
  ADMINISTRATOR;

  /** True if a holder of this role may do what needs {@code needed}. */
  public boolean includes(Role needed) {
    return ordinal() >= needed.ordinal();
  }

  /** Authority of Spring Security: {@code ROLE_STAFF} and so on. */
  public String authority() {
    return "ROLE_" + name();
  }

  String inStore() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String inStore) {
    return valueOf(inStore.toUpperCase(Locale.ROOT));
  }
}
