package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.procedure.pack.Manifest;
import de.citycloud.platform.procedure.pack.Version;
import de.citycloud.platform.procedure.pack.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads {@code manifest.json}.
 *
 * @param offices further offices that tasks name
 */
public record ManifestFile(Manifest manifest, Map<String, Words> offices) {
  private static final Pattern LEIKA = Pattern.compile("\\d{14}|");
  private static final Pattern LICENCE = Pattern.compile("[A-Za-z0-9.+ ()-]{2,60}");
  private static final Pattern MAINTAINER = Pattern
      .compile("[^<>\\p{Cntrl}]{2,200} <[^\\s<>@]{1,100}@[^\\s<>@]{3,100}>");

  /** Reads it from the object of the file. */
  public static ManifestFile of(Json json) {
    if (json.integer("format", 1, 1, 0) != 1) {
      json.wrong("format", "\"format\" is missing or new, expected 1.\nMaybe a newer platform reads this package.");
    }
    var intake = json.flag("intake", false);
    var retention = json.objectOrNull("retention");
    if (retention == null) {
      json.wrong("retention", "\"retention\" is missing, expected {\"keepFor\": …, \"basis\": …, \"archive\": …}.");
    }
    var manifest = new Manifest(
        json.text("key", Keys.PROCEDURE, "3 to 60 lower case letters, digits and hyphens"),
        version(json, "version"), json.words("name", 100), json.words("summary", 300), json.words("action", 100),
        json.text("origin", Keys.PROCEDURE, "the slug of a municipality"),
        json.text("maintainer", MAINTAINER, "a name and a mail address, for example Stadt X <verfahren@x.example>"),
        leika(json), json.text("licence", LICENCE, "an SPDX expression, for example EUPL-1.2"),
        version(json, "minimumPlatform"), intake, json.flag("discretion", false), json.text("assurance", 20, "none"),
        synonyms(json), json.text("topic", 30), json.date("lastReviewed"), changes(json),
        json.periodOrNull("processing"), json.period("answerWithin"), json.periodOrNull("objectionWithin"),
        retention == null ? java.time.Period.ofDays(1) : retention.period("keepFor"),
        retention == null ? "?" : retention.text("basis", 300), retention != null && retention.flag("archive", false),
        json.texts("invented", 50));
    if (retention != null) {
      retention.end();
    }
    var offices = json.wordsByKey("offices", Keys.SLUG, 20, 100);
    json.end();
    return new ManifestFile(manifest, offices);
  }

  private static String leika(Json json) {
    var leika = json.text("leika", 14, "");
    if (!LEIKA.matcher(leika).matches()) {
      json.wrong("leika", "\"leika\" is \"%s\", expected 14 digits, or nothing.".formatted(Findings.shown(leika)));
    }
    return leika;
  }

  private static Version version(Json json, String name) {
    var text = json.text(name, 20);
    return Version.parse(text).orElseGet(() -> {
      json.wrong(name, "\"%s\" is \"%s\", expected three numbers, for example 1.0.0.".formatted(name,
          Findings.shown(text)));
      return new Version(0, 0, 0);
    });
  }

  private static Map<String, List<String>> synonyms(Json json) {
    var synonyms = new LinkedHashMap<String, List<String>>();
    var inner = json.objectOrNull("synonyms");
    if (inner != null) {
      synonyms.put("de", inner.texts("de", 40));
      synonyms.put("en", inner.texts("en", 40));
      inner.end();
    }
    return synonyms;
  }

  private static List<Manifest.Change> changes(Json json) {
    var changes = new ArrayList<Manifest.Change>();
    for (var change : json.list("changes", 100)) {
      changes.add(new Manifest.Change(version(change, "version"), change.words("citizens", 1_000),
          change.words("staff", 1_000), change.words("adopters", 1_000)));
      change.end();
    }
    return changes;
  }
}
