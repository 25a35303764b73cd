package de.citycloud.platform.procedure.pack;

import de.citycloud.platform.guard.LimitExceeded;
import de.citycloud.platform.procedure.pack.check.Draft;
import de.citycloud.platform.procedure.pack.check.PackageRules;
import de.citycloud.platform.procedure.pack.read.DecisionFile;
import de.citycloud.platform.procedure.pack.read.DocumentFile;
import de.citycloud.platform.procedure.pack.read.ExampleFile;
import de.citycloud.platform.procedure.pack.read.FieldsFile;
import de.citycloud.platform.procedure.pack.read.Findings;
import de.citycloud.platform.procedure.pack.read.FlowFile;
import de.citycloud.platform.procedure.pack.read.Json;
import de.citycloud.platform.procedure.pack.read.ManifestFile;
import de.citycloud.platform.procedure.pack.read.ParametersFile;
import de.citycloud.platform.procedure.pack.read.TextsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads packages strictly: what is wrong is told, all at once, and nothing that is wrong is returned. */
public final class PackageReader {
  private static final Pattern DECISION = Pattern.compile("decisions/([a-z][a-zA-Z0-9-]{0,59})\\.dmn");
  private static final Pattern DOCUMENT = Pattern.compile("documents/([a-z][a-zA-Z0-9-]{0,59}\\.(?:de|en))\\.html");
  private static final Pattern EXAMPLE = Pattern.compile("examples/[a-z0-9][a-zA-Z0-9-]{0,79}\\.json");
  private static final List<String> FILES = List.of("manifest.json", "texts.json", "parameters.json", "fields.json",
      "form.json", "flow.bpmn");
  private static final int MOST_DECISIONS = 20;
  private static final int MOST_DOCUMENTS = 40;
  private static final int MOST_EXAMPLES = 100;

  private PackageReader() {}

  /** @param pack empty if one of the findings is an error */
  public record Reading(Optional<ProcedurePackage> pack, List<Finding> findings) {
    public Reading {
      findings = List.copyOf(findings);
    }
  }

  /** Reads an archive. */
  public static Reading readArchive(byte[] archive) {
    try {
      return read(PackageArchive.unpack(archive));
    } catch (IOException | IllegalArgumentException e) {
      return refused("archive", "archive", String.valueOf(e.getMessage()));
    }
  }

  /** Reads a folder; its own folder {@code adoptions} is no part of the package. Links are not followed. */
  public static Reading readFolder(Path folder) throws IOException {
    try {
      return read(filesOf(folder));
    } catch (LimitExceeded e) {
      return refused("archive", folder.getFileName().toString(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The files of a folder that belong to the package, by name with {@code /}.
   *
   * @throws LimitExceeded if there are too many or too large ones, or one is a link
   */
  public static SequencedMap<String, byte[]> filesOf(Path folder) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var walk = Files.walk(folder, 4)) {
      for (var path : (Iterable<Path>) walk::iterator) {
        var name = folder.relativize(path).toString().replace('\\', '/');
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || name.startsWith("adoptions/")) {
          continue;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          throw new LimitExceeded("\"%s\" is a link or no file, expected files only.".formatted(name));
        }
        if (Files.size(path) > PackageArchive.MOST_FILE_BYTES || files.size() >= PackageArchive.MOST_FILES) {
          throw new LimitExceeded("There are more than %d files, or \"%s\" has more than %,d bytes, expected less."
              .formatted(PackageArchive.MOST_FILES, name, PackageArchive.MOST_FILE_BYTES));
        }
        files.put(name, Files.readAllBytes(path));
      }
    }
    return files;
  }

  /** Reads the files of a package, by name. */
  public static Reading read(Map<String, byte[]> files) {
    byte[] archive;
    try {
      archive = PackageArchive.pack(files);
    } catch (LimitExceeded e) {
      return refused("limits", "package", String.valueOf(e.getMessage()));
    }
    var findings = new Findings();
    var draft = new Parts(findings, new TreeMap<>(files)).read(PackageArchive.digest(archive));
    if (draft.isPresent()) {
      PackageRules.check(draft.get(), findings);
    }
    return new Reading(draft.map(Draft::pack).filter(_ -> !findings.hasErrors()), findings.list());
  }

  private static Reading refused(String rule, String place, String message) {
    return new Reading(Optional.empty(), List.of(new Finding(true, rule, place, message)));
  }

  private record Parts(Findings findings, SequencedMap<String, byte[]> files) {
    Optional<Draft> read(String digest) {
      for (var name : files.keySet()) {
        if (!FILES.contains(name) && !DECISION.matcher(name).matches() && !DOCUMENT.matcher(name).matches()
            && !EXAMPLE.matcher(name).matches()) {
          findings.error("unknown-file", name, "The file is not known, expected only files of a package.\nMaybe "
              + "docs/publish-a-procedure.md names where it belongs.");
        }
      }
      for (var name : FILES) {
        if (!files.containsKey(name)) {
          findings.error("missing-file", name, "The file is missing, expected it in every package.");
        }
      }
      var manifest = json("manifest.json").map(ManifestFile::of);
      if (manifest.isEmpty()) {
        return Optional.empty();
      }
      var texts = json("texts.json").map(TextsFile::of).orElse(TextsFile.EMPTY);
      var parameters = ParametersFile.of(list("parameters.json", 200));
      var fields = FieldsFile.fields(list("fields.json", 300));
      var steps = FieldsFile.steps(list("form.json", 60));
      var xml = files.getOrDefault("flow.bpmn", new byte[0]);
      var flow = FlowFile.of(findings, xml, texts.texts());
      var tables = new LinkedHashMap<String, DecisionFile>();
      var decisions = named(DECISION, MOST_DECISIONS);
      decisions.forEach((name, content) -> tables.put(name,
          DecisionFile.of(findings, "decisions/" + name + ".dmn", name, content)));
      var documents = new LinkedHashMap<String, String>();
      named(DOCUMENT, MOST_DOCUMENTS).forEach((name, content) -> documents.put(name,
          DocumentFile.of(findings, "documents/" + name + ".html", content)));
      var pack = new ProcedurePackage(manifest.get().manifest(), texts.sections(), texts.texts(), parameters, fields,
          steps, flow, xml, decisions, documents, manifest.get().offices(), examples(fields, parameters), digest);
      return Optional.of(new Draft(pack, tables));
    }

    private Optional<Json> json(String name) {
      var content = files.get(name);
      return content == null ? Optional.empty() : Json.object(findings, name, content);
    }

    private List<Json> list(String name, int most) {
      var content = files.get(name);
      return content == null ? List.of() : Json.objects(findings, name, content, most);
    }

    private List<ExampleCase> examples(Map<String, Field> fields, Map<String, Parameter> parameters) {
      var examples = new ArrayList<ExampleCase>();
      files.forEach((name, content) -> {
        if (EXAMPLE.matcher(name).matches() && examples.size() < MOST_EXAMPLES) {
          Json.object(findings, name, content).map(json -> ExampleFile.of(json, fields, parameters))
              .ifPresent(examples::add);
        }
      });
      return examples;
    }

    private Map<String, byte[]> named(Pattern form, int most) {
      var named = new LinkedHashMap<String, byte[]>();
      files.forEach((name, content) -> {
        var match = form.matcher(name);
        if (match.matches()) {
          named.put(match.group(1), content);
        }
      });
      if (named.size() > most) {
        findings.error("limits", "package", "There are %d files like \"%s\", expected at most %d.".formatted(
            named.size(), named.keySet().iterator().next(), most));
      }
      return named;
    }
  }
}
