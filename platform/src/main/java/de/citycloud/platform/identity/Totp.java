package de.citycloud.platform.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time codes (RFC 6238) as authenticator apps make them: HMAC-SHA-1, six digits, 30 seconds; one step
 * earlier or later is accepted, since clocks differ.
 */
final class Totp {
  static final int SECRET_BYTES = 20;
  private static final int STEP_SECONDS = 30;
  private static final char[] BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();

  private Totp() {}

  static byte[] newSecret() {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /** The step of the clock to which {@code code} belongs; empty if it fits none of the three. All are compared. */
  static OptionalLong stepOf(String code, byte[] secret, Instant now) {
    long current = now.getEpochSecond() / STEP_SECONDS;
    var found = OptionalLong.empty();
    for (long step = current - 1; step <= current + 1; step++) {
      if (MessageDigest.isEqual(code(secret, step, 6).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
          code.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** The code of a step, with leading zeros. */
  static String code(byte[] secret, long step, int digits) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int at = hash[hash.length - 1] & 0xf; // dynamic truncation, RFC 4226 section 5.3
      int number = ByteBuffer.wrap(hash).getInt(at) & 0x7fffffff;
      return String.format(Locale.ROOT, "%0" + digits + "d", number % (int) Math.pow(10, digits));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA1", e);
    }
  }

  /** Base32 (RFC 4648), as apps want the secret typed in. */
  static String base32(byte[] secret) {
    var text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte b : secret) {
      held = held << 8 | b & 0xff;
      bits += 8;
      while (bits >= 5) {
        text.append(BASE32[held >> bits - 5 & 31]);
        bits -= 5;
      }
    }
    return bits == 0 ? text.toString() : text.append(BASE32[held << 5 - bits & 31]).toString();
  }
}
