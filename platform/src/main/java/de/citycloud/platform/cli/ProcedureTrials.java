package de.citycloud.platform.cli;

import de.citycloud.platform.cli.ProcedureCommands.PackageSource;
import de.citycloud.platform.procedure.pack.Finding;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.rules.AdoptionFile;
import de.citycloud.platform.procedure.rules.PackageProcedureRules;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code procedures check} and {@code test}: is a package right, and do its example cases come out as expected? */
final class ProcedureTrials {
  private static final String DEFAULTS = "its defaults";
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private final PackageProcedureRules rules = new PackageProcedureRules();
  private final PrintStream out;
  private boolean well = true;

  private ProcedureTrials(PrintStream out) {
    this.out = out;
  }

  static int run(boolean check, Arguments arguments, List<String> packages, PrintStream out, PrintStream err)
      throws IOException {
    var trials = new ProcedureTrials(out);
    for (var name : packages) {
      trials.one(check, PackageSource.find(name), arguments.find("municipality"), err);
    }
    return trials.well ? 0 : 1;
  }

  private void one(boolean check, PackageSource source, @Nullable String municipality, PrintStream err)
      throws IOException {
    var reading = source.read();
    reading.findings().stream().filter(finding -> check || finding.error())
        .forEach(finding -> (finding.error() ? out : err).println(source.name() + ": " + finding));
    if (reading.pack().isEmpty()) {
      out.println("%s: %d error(s)".formatted(source.name(),
          reading.findings().stream().filter(Finding::error).count()));
      well = false;
      return;
    }
    var pack = reading.pack().get();
    if (check) {
      out.println("%s: %s is right, digest %s".formatted(source.name(), pack.id(), pack.digest()));
    }
    for (var adoption : adoptions(source, pack, municipality).entrySet()) {
      examples(check, source.name(), pack, adoption.getKey(), adoption.getValue());
    }
  }

  /** With whose parameters the examples run: those of one municipality, of all that the folder knows, or the defaults. */
  private static Map<String, AdoptionFile> adoptions(PackageSource source, ProcedurePackage pack,
      @Nullable String municipality) throws IOException {
    var today = LocalDate.now(ZONE);
    var found = new LinkedHashMap<String, AdoptionFile>();
    var folder = source.folder() == null ? null : source.folder().resolve("adoptions");
    if (folder != null && Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (var file : files.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
          var name = file.getFileName().toString().replaceAll("\\.json$", "");
          if (municipality == null || municipality.equals(name)) {
            found.put(name, AdoptionFile.read(pack, bytes(file), today));
          }
        }
      }
    }
    if (municipality != null && found.isEmpty()) {
      throw new UsageException("There is no adoption of %s by \"%s\", expected adoptions/%s.json beside it.".formatted(
          pack.id(), municipality, municipality));
    }
    var defaults = AdoptionFile.defaults(pack, today);
    if (municipality == null && (found.isEmpty() || defaults.procedure().isPresent())) {
      found.put(DEFAULTS, defaults);
    }
    return found;
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > 1 << 20) {
      throw new UsageException("%s has more than 1 MB, expected less.".formatted(file));
    }
    return Files.readAllBytes(file);
  }

  private void examples(boolean brief, String name, ProcedurePackage pack, String whose, AdoptionFile adoption) {
    adoption.troubles().forEach(trouble -> out.println("%s: with %s: %s".formatted(name, whose, trouble)));
    if (adoption.procedure().isEmpty()) {
      well = false;
      return;
    }
    var results = rules.runExamples(adoption.procedure().get());
    for (var result : results) {
      if (!result.failures().isEmpty()) {
        well = false;
        out.println("%s: with %s: FAILED %s".formatted(name, whose, result.name()));
        result.failures().forEach(failure -> out.println("    " + failure));
      } else if (!brief) {
        out.println("%s: with %s: passed %s".formatted(name, whose, result.name()));
      }
    }
    out.println("%s: with %s: %d of %d example cases pass".formatted(name, whose,
        results.stream().filter(result -> result.failures().isEmpty()).count(), pack.examples().size()));
  }
}
