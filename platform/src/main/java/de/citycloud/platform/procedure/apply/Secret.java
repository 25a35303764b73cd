package de.citycloud.platform.procedure.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets of 128 random bits that open a draft. They are long, so a fast hash keeps them. */
final class Secret {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secret() {}

  /** 32 hex digits. */
  static String random() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** SHA-256, 32 bytes. */
  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Equal, in a time that does not say how far. */
  static boolean fits(String secret, byte[] hash) {
    return MessageDigest.isEqual(hash(secret), hash);
  }
}
