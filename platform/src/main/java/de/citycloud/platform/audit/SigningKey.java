package de.citycloud.platform.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The deployment's Ed25519 key: PKCS#8 and X.509 as Base64, each in a file; made at the first use. */
final class SigningKey {
  private static final String SECRET = "audit-signing-key";
  private static final String PUBLIC = "audit-public-key";

  private final PrivateKey secret;
  private final String publicKey;

  private SigningKey(PrivateKey secret, String publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  static SigningKey in(Path folder) throws IOException {
    try {
      if (!Files.exists(folder.resolve(SECRET))) {
        make(folder);
      }
      var encoded = Base64.getDecoder().decode(Files.readString(folder.resolve(SECRET)).strip());
      return new SigningKey(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)),
          Files.readString(folder.resolve(PUBLIC)).strip());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("""
                            %s holds no Ed25519 key as Base64 of PKCS#8.
                            Maybe it was cut while it was copied.""".formatted(folder.resolve(SECRET)), e);
    }
  }

  private static void make(Path folder) throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    // The public half first: a secret key without it would be of no use after a crash in between.
    var half = folder.resolve(PUBLIC + "." + ProcessHandle.current().pid());
    Files.writeString(half, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n");
    var part = folder.resolve(SECRET + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(part);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(part, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n");
    Files.move(half, folder.resolve(PUBLIC), StandardCopyOption.REPLACE_EXISTING);
    try {
      Files.move(part, folder.resolve(SECRET));
    } catch (FileAlreadyExistsException e) {
      throw new IOException("Another program made %s at the same moment.\nMaybe start again."
          .formatted(folder.resolve(SECRET)), e);
    }
  }

  String sign(String text) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has Ed25519", e);
    }
  }

  /** X.509 as Base64. */
  String publicKey() {
    return publicKey;
  }
}
