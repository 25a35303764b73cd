package de.citycloud.platform.identity;

import java.util.Locale;

/**
 * How sure an identity is (German: <i>Vertrauensniveau</i>, eIDAS Art. 8), as the identity provider says. A local
 * account has none: nobody checked a document.
 */
public enum Assurance {
  /** Not checked. */
  NONE,
  /** Below the levels of eIDAS: e-mail and password. */
  BASIS,
  /** Substantial, e.g. ELSTER certificate. */
  SUBSTANZIELL,
  /** High, e.g. identity card with eID. */
  HOCH;

  /** Authority of Spring Security: {@code ASSURED_SUBSTANZIELL} and so on. */
  public String authority() {
    return "ASSURED_" + name();
  }

  String inStore() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Assurance of(String inStore) {
    return valueOf(inStore.toUpperCase(Locale.ROOT));
  }
}
