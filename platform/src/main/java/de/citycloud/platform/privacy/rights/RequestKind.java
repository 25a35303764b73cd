package de.citycloud.platform.privacy.rights;

import java.util.Locale;

/** What a person may ask for besides seeing their data. */
enum RequestKind {
  /** Something is wrong (Art. 16 DSGVO). */
  CORRECTION,
  /** Something must not be used for now (Art. 18 DSGVO). */
  RESTRICTION,
  /** Something in particular shall be erased (Art. 17 DSGVO). */
  ERASURE,
  /** Anything else. */
  OTHER;

  public String inStore() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RequestKind of(String inStore) {
    return valueOf(inStore.toUpperCase(Locale.ROOT));
  }
}
