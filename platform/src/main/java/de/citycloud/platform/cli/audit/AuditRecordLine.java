package de.citycloud.platform.cli.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/** A record as the verifier reads it, and the hash it must have. */
record AuditRecordLine(int municipality, long seq, Instant at, String action, String object, String actor,
    String purpose, String details, byte[] previous, byte[] hash) {
  private static final byte[] FORM = "city-audit-1".getBytes(StandardCharsets.UTF_8);

  byte[] expectedHash(MessageDigest sha256) {
    sha256.reset();
    add(sha256, FORM);
    add(sha256, Integer.toString(municipality));
    add(sha256, Long.toString(seq));
    add(sha256,
        Long.toString(Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000)));
    add(sha256, action);
    add(sha256, object);
    add(sha256, actor);
    add(sha256, purpose);
    add(sha256, details);
    sha256.update(previous);
    return sha256.digest();
  }

  private static void add(MessageDigest sha256, String text) {
    add(sha256, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(MessageDigest sha256, byte[] bytes) {
    sha256.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    sha256.update(bytes);
  }

  String name() {
    return "record %d (%s, %s, %s)".formatted(seq, at, action, object);
  }
}
