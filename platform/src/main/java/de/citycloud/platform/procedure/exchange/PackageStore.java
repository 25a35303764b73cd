package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Packages of the current municipality by their digest: what it published and what it took from others. */
@Service
public class PackageStore {
  private static final int MOST_IN_MEMORY = 200;

  private final JdbcClient jdbc;
  private final PackageReading reading;
  /** What is read once stays valid: the digest names the content. Who may see it is asked of the store each time. */
  private final Map<String, ProcedurePackage> read = new ConcurrentHashMap<>();

  PackageStore(JdbcClient jdbc, PackageReading reading) {
    this.jdbc = jdbc;
    this.reading = reading;
  }

  /** A package without its content. */
  public record Stored(String digest, String key, String version, String signedBy, Instant receivedAt) {}

  /**
   * Keeps a package whose signature was checked; the same again changes nothing.
   *
   * @throws CityProblem {@code package-changed} (409) if this version is already here with another content
   */
  @Transactional
  public ProcedurePackage keep(ProcedurePackage pack, byte[] archive, byte[] signature, String signedBy) {
    refuseChanged(pack);
    jdbc.sql("""
             insert into procedure_package (municipality_id, digest, key, version, archive, signature, signed_by)
             values (?, ?, ?, ?, ?, ?, ?) on conflict (municipality_id, digest) do update
             set signature = excluded.signature, signed_by = excluded.signed_by
             """).param(CurrentMunicipality.get().id()).param(pack.digest()).param(pack.manifest().key())
        .param(pack.manifest().version().toString()).param(archive).param(signature).param(signedBy).update();
    remember(pack);
    return pack;
  }

  private void refuseChanged(ProcedurePackage pack) {
    var known = jdbc.sql("select digest from procedure_package where key = ? and version = ?")
        .params(pack.manifest().key(), pack.manifest().version().toString()).query(String.class).optional();
    if (known.isPresent() && !known.get().equals(pack.digest())) {
      throw new CityProblem("package-changed", HttpStatus.CONFLICT,
          """
          %s is already here with another content (%s), and a version never changes; what came has %s.
          Maybe give the changed package a new version.""".formatted(pack.id(), known.get().substring(0, 12),
              pack.digest().substring(0, 12)));
    }
  }

  /** The package in an archive, without keeping it. @throws CityProblem {@code package-invalid} (422) */
  ProcedurePackage read(byte[] archive) {
    return reading.read(archive);
  }

  /** The package with this digest; empty if it is not here. */
  public Optional<ProcedurePackage> find(String digest) {
    var known = read.get(digest);
    if (known != null) {
      return jdbc.sql("select 1 from procedure_package where digest = ?").param(digest).query(Integer.class).optional()
          .map(one -> known);
    }
    var pack = archive(digest).map(reading::read);
    pack.ifPresent(this::remember);
    return pack;
  }

  /** @throws CityProblem {@code package-not-found} (404) if it is not here */
  public ProcedurePackage get(String digest) {
    return find(digest).orElseThrow(() -> new CityProblem("package-not-found", HttpStatus.NOT_FOUND,
        """
        The package %s is not here, expected one that was published or adopted by this municipality.
        Maybe look it up in the catalogue.""".formatted(digest)));
  }

  /** All versions of a procedure that are here, newest first. */
  public List<Stored> versionsOf(String key) {
    return jdbc.sql("""
                    select digest, key, version, signed_by, received_at from procedure_package where key = ?
                    order by string_to_array(version, '.')::int[] desc
                    """).param(key)
        .query((row, number) -> new Stored(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
            row.getObject(5, java.time.OffsetDateTime.class).toInstant()))
        .list();
  }

  Optional<byte[]> archive(String digest) {
    return jdbc.sql("select archive from procedure_package where digest = ?").param(digest).query(byte[].class)
        .optional();
  }

  private void remember(ProcedurePackage pack) {
    if (read.size() >= MOST_IN_MEMORY) {
      read.clear();
    }
    read.put(pack.digest(), pack);
  }
}
