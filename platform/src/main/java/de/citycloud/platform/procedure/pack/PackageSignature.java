package de.citycloud.platform.procedure.pack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Detached signature of an archive (Ed25519): a small JSON file beside it. Signed is what it says together with the
 * digest of the archive, so neither the archive nor its name, version or origin can be exchanged.
 *
 * @param key of the procedure
 * @param origin municipality that publishes it
 * @param digest SHA-256 of the archive, 64 hex digits
 * @param keyId which key signed: the first 40 hex digits of the SHA-256 of its public half
 * @param signature 64 bytes, Base64
 */
public record PackageSignature(int format, String key, String version, String origin, String digest, String keyId,
    String signature) {
  private static final int MOST_BYTES = 4_000;
  private static final JsonMapper MAPPER = JsonMapper
      .builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
          DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
          DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .build();
  private static final Pattern PEM = Pattern
      .compile("(?s)-----BEGIN (PRIVATE|PUBLIC) KEY-----\\s*([A-Za-z0-9+/=\\s]{40,400}?)\\s*-----END \\1 KEY-----");

  /** A new pair of keys. */
  public static KeyPair newKeys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has Ed25519", e);
    }
  }

  /** Signs an archive whose package is {@code pack}. */
  public static PackageSignature sign(ProcedurePackage pack, byte[] archive, PrivateKey secret, PublicKey shown) {
    var manifest = pack.manifest();
    var bare = new PackageSignature(1, manifest.key(), manifest.version().toString(), manifest.origin(),
        PackageArchive.digest(archive), idOf(shown), "");
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(secret);
      signer.update(bare.statement());
      return new PackageSignature(1, bare.key, bare.version, bare.origin, bare.digest, bare.keyId,
          Base64.getEncoder().encodeToString(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The package cannot be signed.", e);
    }
  }

  /** What is wrong with this signature of {@code archive} by the holder of {@code trusted}; empty if it holds. */
  public List<String> troublesOf(byte[] archive, PublicKey trusted) {
    var troubles = new ArrayList<String>();
    if (format != 1) {
      troubles.add("The format of the signature is %d, expected 1.".formatted(format));
    }
    if (!keyId.equals(idOf(trusted))) {
      troubles.add("The key is %s, expected %s.\nMaybe the origin has changed its key; ask there before you trust it."
          .formatted(keyId, idOf(trusted)));
    }
    if (!digest.equals(PackageArchive.digest(archive))) {
      troubles
          .add("The archive has the digest %s, expected %s as signed.\nMaybe it was changed on its way; get it again."
              .formatted(PackageArchive.digest(archive), digest));
    }
    if (troubles.isEmpty() && !isBy(trusted)) {
      troubles.add("The signature does not fit the key and what it says, expected the origin's own.");
    }
    if (troubles.isEmpty()) {
      PackageReader.readArchive(archive).pack().map(ProcedurePackage::manifest)
          .filter(manifest -> !manifest.key().equals(key) || !manifest.version().toString().equals(version)
              || !manifest.origin().equals(origin))
          .ifPresent(manifest -> troubles.add("The archive holds %s %s of %s, signed is %s %s of %s.".formatted(
              manifest.key(), manifest.version(), manifest.origin(), key, version, origin)));
    }
    return troubles;
  }

  private boolean isBy(PublicKey trusted) {
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(trusted);
      check.update(statement());
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** What is signed: one line for each member, after one that says what it is for. */
  private byte[] statement() {
    return String.join("\n", "city-procedures package signature", String.valueOf(format), key, version, origin, digest,
        keyId, "").getBytes(StandardCharsets.UTF_8);
  }

  /** The JSON of this signature. */
  public byte[] toJson() {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /** The signature in {@code json}; empty if it is none. */
  public static Optional<PackageSignature> parse(byte[] json) {
    try {
      return json.length > MOST_BYTES ? Optional.empty() : Optional.of(MAPPER.readValue(json, PackageSignature.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Id of a key. */
  public static String idOf(PublicKey shown) {
    return PackageArchive.digest(shown.getEncoded()).substring(0, 40);
  }

  /** Both halves as PEM: PKCS#8 and X.509, one after the other. */
  public static String pem(KeyPair keys) {
    return block("PRIVATE", keys.getPrivate().getEncoded()) + pem(keys.getPublic());
  }

  /** The public half as PEM. */
  public static String pem(PublicKey shown) {
    return block("PUBLIC", shown.getEncoded());
  }

  private static String block(String kind, byte[] key) {
    return "-----BEGIN %s KEY-----\n%s\n-----END %s KEY-----\n".formatted(kind,
        Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key), kind);
  }

  /**
   * Both halves of the key in a PEM file that holds both.
   *
   * @throws GeneralSecurityException if it does not
   */
  public static KeyPair keysOf(String pem) throws GeneralSecurityException {
    return new KeyPair(publicOf(pem),
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes(pem, "PRIVATE"))));
  }

  /**
   * The public key in a PEM file, or in Base64 alone.
   *
   * @throws GeneralSecurityException if there is none
   */
  public static PublicKey publicOf(String pem) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes(pem, "PUBLIC")));
  }

  private static byte[] bytes(String pem, String kind) throws GeneralSecurityException {
    try {
      var blocks = PEM.matcher(pem);
      while (blocks.find()) {
        if (blocks.group(1).equals(kind)) {
          return Base64.getMimeDecoder().decode(blocks.group(2));
        }
      }
      if (kind.equals("PUBLIC")) {
        return Base64.getDecoder().decode(pem.strip());
      }
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("The key is no Base64.", e);
    }
    throw new GeneralSecurityException("There is no %s KEY.".formatted(kind));
  }
}
