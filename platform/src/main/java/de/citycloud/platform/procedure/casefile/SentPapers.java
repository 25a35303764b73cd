package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.procedure.casefile.Submission.Attachment;
import de.citycloud.platform.upload.UploadPolicy;
import de.citycloud.platform.upload.UploadType;
import de.citycloud.platform.upload.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Files that people send or staff scans: checked like every file of strangers, then kept with the case and nowhere else. */
@Component
public class SentPapers {
  private static final UploadPolicy POLICY = new UploadPolicy(
      Set.of(UploadType.PDF, UploadType.JPEG, UploadType.PNG), CasePapers.MOST_BYTES, false);
  private static final int LONGEST_NAME = 120;

  private final Uploads uploads;

  SentPapers(Uploads uploads) {
    this.uploads = uploads;
  }

  /**
   * The file under the name it was sent with.
   *
   * @throws de.citycloud.platform.problem.CityProblem {@code upload-too-large}, {@code upload-type} or {@code upload-harmful}
   */
  public Attachment read(MultipartFile sent) throws IOException {
    return read(sent, nameOf(sent));
  }

  /** The same under the name that staff gave it. */
  public Attachment read(MultipartFile sent, String name) throws IOException {
    try (var in = sent.getInputStream()) {
      var kept = uploads.keep(in, nameOf(sent), POLICY);
      try {
        var content = Files.readAllBytes(uploads.find(kept.id()).orElseThrow());
        return new Attachment(UUID.randomUUID().toString(), name, kept.type().mediaType(), content);
      } finally {
        uploads.delete(kept.id());
      }
    }
  }

  /** The name alone, without folders and signs that do not print; its end stays, which says what kind of file it is. */
  private static String nameOf(MultipartFile sent) {
    var name = Objects.requireNonNullElse(sent.getOriginalFilename(), "").replaceAll("^.*[/\\\\]", "")
        .replaceAll("[\\p{Cntrl}\\p{Cf}\"<>|:*?]", "").strip();
    return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
  }
}
