package de.citycloud.platform.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Secrets that cannot be guessed, and the form in which they are stored. */
final class Tokens {
  private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  /** 32 letters and digits, 160 random bits. */
  static String random() {
    var token = new StringBuilder(32);
    RANDOM.ints(32, 0, ALPHABET.length).forEach(i -> token.append(ALPHABET[i]));
    return token.toString();
  }

  /** SHA-256: a slow hash protects short secrets, these are long. */
  static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
