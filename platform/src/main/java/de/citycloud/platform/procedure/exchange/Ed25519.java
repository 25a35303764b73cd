package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.procedure.pack.PackageSignature;
import de.citycloud.platform.procedure.pack.PackageArchive;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Signatures of packages and indexes. Public keys are X.509, secret ones PKCS#8, as the JDK encodes them. */
public final class Ed25519 {
  /** Id of a key: the first 40 hex digits of the SHA-256 of its public half. */
  static final Pattern ID = Pattern.compile("[0-9a-f]{40}");
  private static final int ID_DIGITS = 40;

  private Ed25519() {}

  /** SHA-256 as 64 hex digits. */
  public static String digest(byte[] content) {
    return PackageArchive.digest(content);
  }

  /** Id of a public key. */
  static String idOf(byte[] publicKey) {
    return digest(publicKey).substring(0, ID_DIGITS);
  }

  /** As people compare it: groups of four. */
  public static String words(String id) {
    return id.replaceAll("(.{4})(?=.)", "$1 ");
  }

  /** The id in what somebody typed, with blanks or without; empty text if it is none. */
  static String parseId(String typed) {
    var id = typed.replaceAll("[\\s:-]", "").toLowerCase(Locale.ROOT);
    return ID.matcher(id).matches() ? id : "";
  }

  /** @throws IllegalStateException if it is none */
  static KeyPair pair(byte[] publicKey, byte[] secretKey) {
    try {
      var factory = KeyFactory.getInstance("Ed25519");
      return new KeyPair(factory.generatePublic(new X509EncodedKeySpec(publicKey)),
          factory.generatePrivate(new PKCS8EncodedKeySpec(secretKey)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key cannot be read.", e);
    }
  }

  /** What is wrong with the signature of an archive; empty if the holder of the key made it. */
  static List<String> troublesOf(byte[] signature, byte[] archive, byte[] publicKey) {
    try {
      var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey));
      return PackageSignature.parse(signature).map(parsed -> parsed.troublesOf(archive, key))
          .orElse(List.of("It is no signature."));
    } catch (GeneralSecurityException e) {
      return List.of("The key cannot be read.");
    }
  }

  static byte[] sign(byte[] secretKey, byte[] content) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(secretKey)));
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The content cannot be signed.", e);
    }
  }

  /** True if the holder of the key signed exactly this; false also for what is no key or no signature. */
  static boolean isSigned(byte[] publicKey, byte[] content, byte[] signature) {
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey)));
      check.update(content);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
