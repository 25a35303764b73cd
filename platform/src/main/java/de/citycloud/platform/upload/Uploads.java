package de.citycloud.platform.upload;

import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tika.Tika;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Keeps files of the current municipality in the data folder, under random names. */
@Service
public class Uploads {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private final Path folder;
  private final List<MalwareCheck> checks;
  private final Tika tika = new Tika();

  @Autowired
  Uploads(DatabaseProperties database, List<MalwareCheck> checks) {
    this(database.data(), checks);
  }

  Uploads(Path data, List<MalwareCheck> checks) {
    this.folder = data.resolve("uploads");
    this.checks = List.copyOf(checks);
  }

  /**
   * Keeps what {@code in} holds.
   *
   * @param name as the sender calls it; only its ending counts
   * @throws CityProblem {@code upload-too-large} (413), {@code upload-type} (415) or {@code upload-harmful} (422);
   *     nothing was kept then
   */
  public StoredFile keep(InputStream in, String name, UploadPolicy policy) throws IOException {
    var home = home();
    Files.createDirectories(home);
    var part = Files.createTempFile(home, "part", null);
    try {
      copy(in, part, policy.maxBytes());
      var type = typeOf(part, name, policy);
      if (policy.forThePublic() && type.isImage()) {
        PictureOnly.redraw(part, type);
      }
      refuseHarm(part);
      var id = HexFormat.of().formatHex(random());
      var file = home.resolve(id);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return new StoredFile(id, type, Files.size(file));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The file of the current municipality with this id; empty if there is none. */
  public Optional<Path> find(String id) {
    return Optional.of(id).filter(text -> ID.matcher(text).matches()).map(home()::resolve).filter(Files::isRegularFile);
  }

  /** Deletes a file of the current municipality; false if there is none. */
  public boolean delete(String id) throws IOException {
    var file = find(id);
    return file.isPresent() && Files.deleteIfExists(file.get());
  }

  private Path home() {
    return folder.resolve(Integer.toString(CurrentMunicipality.get().id()));
  }

  private static void copy(InputStream in, Path part, long most) throws IOException {
    try (var out = Files.newOutputStream(part)) {
      var buffer = new byte[65_536];
      long bytes = 0;
      for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
        bytes += some;
        if (bytes > most) {
          throw new CityProblem("upload-too-large", HttpStatus.CONTENT_TOO_LARGE,
              "The file has more than %d bytes.\nMaybe send a smaller version.".formatted(most));
        }
        out.write(buffer, 0, some);
      }
    }
  }

  /** By the first bytes; the name may not claim something else. */
  private UploadType typeOf(Path part, String name, UploadPolicy policy) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(part))) {
      return UploadType.of(tika.detect(in)).filter(policy.types()::contains).filter(type -> type.fits(name))
          .orElseThrow(() -> new CityProblem("upload-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              """
              The file is not what its name says, or not of a kind that is taken here: %s.
              Maybe save it as one of these and send it again.""".formatted(policy.types())));
    }
  }

  private void refuseHarm(Path part) {
    for (var check : checks) {
      boolean harmless = false;
      try {
        harmless = check.isHarmless(part);
      } catch (IOException | RuntimeException e) {
        LOG.warn("A malware check failed, so the file is refused: {}", e.getClass().getSimpleName());
      }
      if (!harmless) {
        throw new CityProblem("upload-harmful", HttpStatus.UNPROCESSABLE_CONTENT,
            """
            The file was not taken: a check found it harmful or could not look into it.
            Maybe scan it on your own computer first.""");
      }
    }
  }

  private static byte[] random() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
