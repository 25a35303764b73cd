package de.citycloud.platform.cli;

import de.citycloud.platform.cli.audit.AuditVerifier;
import de.citycloud.platform.database.StoreVisit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;

/** {@code audit verify [FILE]}: was the log changed since it was written? */
final class AuditCommands {
  private AuditCommands() {}

  static int verify(Arguments arguments, PrintStream out, PrintStream err) throws Exception {
    if (arguments.positions().size() > 1) {
      arguments.expect("FILE");
    }
    var names = new HashMap<Integer, String>();
    var result = arguments.positions().isEmpty()
        ? verifyStore(arguments, names)
        : verifyFile(Path.of(arguments.positions().getFirst()), arguments, err);
    result.notes().forEach(err::println);
    result.records().forEach((municipality, count) -> {
      if (result.findings().stream().noneMatch(finding -> finding.municipality() == municipality)) {
        out.println("%s: %d record(s), %d signed head(s), nothing was changed".formatted(name(names, municipality),
            count, result.signatures().getOrDefault(municipality, 0)));
      }
    });
    result.findings().forEach(finding -> out.println(
        (finding.municipality() == 0 ? "heads" : name(names, finding.municipality())) + ": " + finding.message()));
    if (result.records().isEmpty()) {
      out.println("There is no record yet.");
    }
    return result.findings().isEmpty() ? 0 : 1;
  }

  private static String name(Map<Integer, String> names, int municipality) {
    return names.getOrDefault(municipality, "municipality " + municipality);
  }

  private static AuditVerifier.Result verifyStore(Arguments arguments, Map<Integer, String> names) throws Exception {
    var properties = City.properties(arguments);
    var data = properties.data();
    if (properties.url() == null && !Files.isDirectory(data.resolve("postgresql"))) {
      throw new IllegalStateException("""
                                      There is no store in the data folder %s, so no log to check.
                                      Maybe name the program's folder with --data.""".formatted(data));
    }
    var proof = City.bind(arguments, "city.audit", de.citycloud.platform.audit.AuditProperties.class);
    var key = key(arguments, proof.secretsIn(data));
    try (var visit = StoreVisit.attach(properties);
        var store = DriverManager.getConnection(visit.access().url(), visit.access().owner(),
            visit.access().ownerPassword())) {
      try (var statement = store.createStatement();
          var rows = statement.executeQuery("select id, slug from municipality")) {
        while (rows.next()) {
          names.put(rows.getInt(1), rows.getString(2));
        }
      }
      return AuditVerifier.verifyStore(store, proof.headsIn(data), key);
    }
  }

  private static AuditVerifier.Result verifyFile(Path file, Arguments arguments, PrintStream err) throws Exception {
    if (!Files.isReadable(file)) {
      throw new UsageException("FILE is %s, which cannot be read.".formatted(file));
    }
    if (arguments.find("public-key") == null) {
      err.println("The signatures are checked with the key that the file itself names; to be sure of it, give the "
          + "deployment's with --public-key FILE.");
      return AuditVerifier.verifyFile(file, AuditVerifier.keyIn(file));
    }
    return AuditVerifier.verifyFile(file, key(arguments, Path.of(".")));
  }

  private static PublicKey key(Arguments arguments, Path secrets) throws IOException {
    var named = arguments.find("public-key");
    var file = named == null ? secrets.resolve("audit-public-key") : Path.of(named);
    try {
      return AuditVerifier.key(Files.readString(file));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          """
          The public key of the log cannot be read from %s.
          Maybe name the file with --public-key; the program writes it at its first start.""".formatted(file), e);
    }
  }
}
