package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.guard.LimitExceeded;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.pack.Finding;
import de.citycloud.platform.procedure.pack.PackageArchive;
import de.citycloud.platform.procedure.pack.PackageReader;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Archives and what they hold, with the mistakes of a package as a problem. */
@Component
public class PackageReading {
  private static final int SHOWN = 10;

  /**
   * The package in an archive.
   *
   * @throws CityProblem {@code package-invalid} (422) with what is wrong
   */
  public ProcedurePackage read(byte[] archive) {
    var reading = PackageReader.readArchive(archive);
    return reading.pack().orElseThrow(() -> {
      var errors = reading.findings().stream().filter(Finding::error).map(Finding::toString).toList();
      return new CityProblem("package-invalid", HttpStatus.UNPROCESSABLE_CONTENT,
          "The package has %d mistakes, expected none: %s\nMaybe \"./city procedures check\" tells more."
              .formatted(errors.size(), String.join("; ", errors.subList(0, Math.min(SHOWN, errors.size())))),
          Map.of("findings", errors.subList(0, Math.min(SHOWN, errors.size()))));
    });
  }

  /** The archive of these files, by path: the same files always give the same bytes. */
  public byte[] pack(Map<String, byte[]> files) {
    try {
      return PackageArchive.pack(files);
    } catch (LimitExceeded e) {
      throw new CityProblem("package-invalid", HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(e.getMessage()));
    }
  }
}
