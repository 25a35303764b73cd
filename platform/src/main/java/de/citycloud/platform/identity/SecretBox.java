package de.citycloud.platform.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets under the deployment's key (AES-256-GCM), each bound to what it is for: a box made for one account or
 * one step opens for no other. The key is a file beside the database, never in it, so that a copy of the database opens
 * nothing.
 */
final class SecretBox {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  private SecretBox(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** The box under the key in {@code file}; makes one that only its owner may read if there is none. */
  static SecretBox under(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      var key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new IllegalStateException("""
                                        The key in %s has %d bytes, expected %d.
                                        Maybe restore it from its backup: without it nobody's second factor works.\
                                        """.formatted(file, key.length, KEY_BYTES));
      }
      return new SecretBox(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    FileAttribute<?>[] mine = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
        : new FileAttribute<?>[0];
    var key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    // Written apart and moved, so that nobody ever reads half a key.
    var part = Files.createTempFile(folder, "identity", ".part", mine);
    Files.write(part, key);
    try {
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its key counts.
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Closes {@code secret} for {@code use}. */
  byte[] close(byte[] secret, String use) {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      var closed = cipher(Cipher.ENCRYPT_MODE, nonce, use).doFinal(secret);
      return ByteBuffer.allocate(NONCE_BYTES + closed.length).put(nonce).put(closed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every JDK", e);
    }
  }

  /** The secret in {@code box}; empty if it was made for another use, under another key, or changed. */
  Optional<byte[]> open(byte[] box, String use) {
    if (box.length <= NONCE_BYTES) {
      return Optional.empty();
    }
    var nonce = ByteBuffer.wrap(box, 0, NONCE_BYTES);
    var bytes = new byte[NONCE_BYTES];
    nonce.get(bytes);
    try {
      return Optional
          .of(cipher(Cipher.DECRYPT_MODE, bytes, use).doFinal(box, NONCE_BYTES, box.length - NONCE_BYTES));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every JDK", e);
    }
  }

  /** A note to oneself that travels through a browser: nobody else can read, change or make it. */
  String note(String text, String use, Duration valid) {
    var content = Instant.now().plus(valid).getEpochSecond() + " " + text;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(close(content.getBytes(StandardCharsets.UTF_8), use));
  }

  /** What the note says; empty if it is none, for another use or too old. */
  Optional<String> read(String note, String use) {
    try {
      return open(Base64.getUrlDecoder().decode(note), use).map(content -> new String(content, StandardCharsets.UTF_8))
          .filter(
              content -> Instant.now().getEpochSecond() < Long.parseLong(content.substring(0, content.indexOf(' '))))
          .map(content -> content.substring(content.indexOf(' ') + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not base64
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String use) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(use.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
