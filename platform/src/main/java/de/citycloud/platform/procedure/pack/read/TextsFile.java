package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Words;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code texts.json}: sections in the order of the service page, and further texts. */
public record TextsFile(Map<String, Words> sections, Map<String, Words> texts) {
  /** Nothing. */
  public static final TextsFile EMPTY = new TextsFile(Map.of(), Map.of());

  /** Reads it from the object of the file. */
  public static TextsFile of(Json json) {
    var sections = new LinkedHashMap<String, Words>();
    var inner = json.objectOrNull("sections");
    if (inner == null) {
      json.wrong("sections", "\"sections\" is missing, expected at least \"what\".");
    } else {
      for (var section : ProcedurePackage.SECTIONS) {
        var words = inner.wordsOrNull(section, 8_000);
        if (words != null) {
          sections.put(section, words);
        }
      }
      inner.end();
    }
    var texts = json.wordsByKey("texts", Keys.TEXT, 300, 4_000);
    json.end();
    return new TextsFile(sections, texts);
  }
}
