package de.citycloud.platform.privacy.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The secret of this deployment: a keyset that wraps the keys of persons and one for keyed hashes. It never stands in
 * the database nor in a backup of it; who has only those can read nothing.
 */
public final class DeploymentKey {
  /** Name of the file in the folder {@code keys} of the data folder. */
  public static final String FILE = "deployment-key.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Aead wrapping;
  private final PrfSet hashing;

  private DeploymentKey(Stored stored) throws GeneralSecurityException {
    var access = InsecureSecretKeyAccess.get();
    wrapping = TinkJsonProtoKeysetFormat.parseKeyset(stored.wrapping, access)
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
    hashing = TinkJsonProtoKeysetFormat.parseKeyset(stored.hashing, access)
        .getPrimitive(RegistryConfiguration.get(), PrfSet.class);
  }

  /** Both keysets in Tink's JSON form. */
  record Stored(String wrapping, String hashing) {}

  /**
   * The key of a deployment: {@code given} as the environment or configuration says it, else the one in {@code folder},
   * which is made at the first start, readable by its owner alone.
   *
   * @param given content of the file in Base64; null or blank to use the file
   * @param mayCreate false if encrypted data is already there, so that a lost key is not replaced silently
   * @throws IllegalStateException if it is none, or lost; names the place, never the content
   */
  public static DeploymentKey open(Path folder, @Nullable String given, boolean mayCreate) {
    register();
    var file = folder.resolve(FILE);
    try {
      if (given != null && !given.isBlank()) {
        return parse(Base64.getMimeDecoder().decode(given), "city.privacy.key");
      }
      if (!Files.exists(file)) {
        if (!mayCreate) {
          throw new IllegalStateException(
              """
              The deployment's key %s is missing, but data was encrypted with it.
              Maybe bring it back from where it was kept apart, or set CITY_PRIVACY_KEY to its content in Base64."""
                  .formatted(
                      file));
        }
        create(folder, file);
      }
      return parse(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new IllegalStateException(
          """
          The deployment's key %s cannot be read or made.
          Maybe the folder belongs to another user.""".formatted(file), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("city.privacy.key is not Base64, expected the content of " + FILE + " in it.", e);
    }
  }

  /** Wraps and unwraps keys of persons. */
  Aead wrapping() {
    return wrapping;
  }

  /** 32 bytes that tell two texts apart but not what they are, to whoever lacks this key. */
  public byte[] hash(byte[] content) {
    try {
      return hashing.computePrimary(content, 32);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The keyed hash cannot be computed.", e);
    }
  }

  private static void register() {
    try {
      AeadConfig.register();
      PrfConfig.register();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink does not start.", e);
    }
  }

  private static DeploymentKey parse(byte[] content, String place) {
    try {
      return new DeploymentKey(JSON.readValue(content, Stored.class));
    } catch (GeneralSecurityException | JacksonException | NullPointerException e) {
      throw new IllegalStateException(
          """
          The deployment's key in %s is damaged, expected two keysets as JSON.
          Maybe bring it back from where it was kept apart.""".formatted(place), e);
    }
  }

  private static void create(Path folder, Path file) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createDirectories(folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
    var part = posix
        ? Files.createTempFile(folder, "new", ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : Files.createTempFile(folder, "new", ".part");
    try {
      var access = InsecureSecretKeyAccess.get();
      Files.write(part,
          JSON.writeValueAsBytes(new Stored(
              TinkJsonProtoKeysetFormat.serializeKeyset(
                  KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), access),
              TinkJsonProtoKeysetFormat.serializeKeyset(
                  KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF), access))));
      Files.createLink(file, part); // fails if another program was faster; then its key counts
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (UnsupportedOperationException e) {
      Files.move(part, file);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No key could be made.", e);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
