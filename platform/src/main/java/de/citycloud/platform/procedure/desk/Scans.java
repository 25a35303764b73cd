package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.casefile.Submission.Attachment;
import de.citycloud.platform.upload.UploadPolicy;
import de.citycloud.platform.upload.UploadType;
import de.citycloud.platform.upload.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Papers that were scanned: checked like every file of strangers, then kept with the case and nowhere else. */
@Component
class Scans {
  private static final UploadPolicy POLICY = new UploadPolicy(
      EnumSet.of(UploadType.PDF, UploadType.JPEG, UploadType.PNG), 10L << 20, false);

  private final Uploads uploads;

  Scans(Uploads uploads) {
    this.uploads = uploads;
  }

  /**
   * The file under the name that staff gave it.
   *
   * @throws de.citycloud.platform.problem.CityProblem {@code upload-too-large}, {@code upload-type} or {@code upload-harmful}
   */
  Attachment take(MultipartFile file, String name) throws IOException {
    var sent = file.getOriginalFilename();
    try (var in = file.getInputStream()) {
      var kept = uploads.keep(in, sent == null ? "" : sent, POLICY);
      try {
        var content = Files.readAllBytes(uploads.find(kept.id()).orElseThrow());
        return new Attachment(UUID.randomUUID().toString(), name, kept.type().mediaType(), content);
      } finally {
        uploads.delete(kept.id());
      }
    }
  }
}
