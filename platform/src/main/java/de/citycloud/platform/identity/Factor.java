package de.citycloud.platform.identity;

import java.util.Locale;

/** How somebody has signed in. */
enum Factor {
  /** Password alone. */
  PASSWORD,
  /** Password, and a code of an app or a recovery code. */
  CODE,
  /** A passkey, which asks for finger, face or PIN itself. */
  PASSKEY,
  /** An identity provider, which has its own rules. */
  PROVIDER;

  boolean isStrong() {
    return this != PASSWORD;
  }

  String inStore() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Factor of(String inStore) {
    return valueOf(inStore.toUpperCase(Locale.ROOT));
  }
}
