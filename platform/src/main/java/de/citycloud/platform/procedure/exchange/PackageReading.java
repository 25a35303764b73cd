package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.util.Map;

/** Archives and what they hold. */
public interface PackageReading {
  /**
   * The package in an archive.
   *
   * @throws de.citycloud.platform.problem.CityProblem {@code package-invalid} (422) with what is wrong
   */
  ProcedurePackage read(byte[] archive);

  /** The archive of these files, by path: the same files always give the same bytes. */
  byte[] pack(Map<String, byte[]> files);
}
