package de.citycloud.platform.procedure.pack;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a procedure as its origin published it; never changes.
 *
 * @param sections of the service page, by {@link #SECTIONS}, in their order (FIM <i>Leistungsbeschreibung</i>, XZuFi).
 *     Their texts may hold placeholders for parameters and simple Markdown lists
 * @param texts further words by key: reasons of decisions, notifications, text blocks (keys begin with {@code block.})
 * @param fields by key, in the order of the file
 * @param decisions DMN 1.3 tables as XML, by name; {@code eligibility} and {@code fee} have a meaning, see {@code rules}
 * @param documents HTML templates by name and language, e.g. {@code decision.de}
 * @param offices further offices that tasks name, key to words
 * @param examples cases with expected results
 * @param digest SHA-256 of the archive, 64 hex digits: with key and version it names exactly these bytes
 */
public record ProcedurePackage(Manifest manifest, Map<String, Words> sections, Map<String, Words> texts,
    Map<String, Parameter> parameters, Map<String, Field> fields, List<Field.Step> steps, Flow flow, byte[] flowXml,
    Map<String, byte[]> decisions, Map<String, String> documents, Map<String, Words> offices,
    List<ExampleCase> examples, String digest) {
  /** Sections of the service page in their order; those that a package lacks are left out on the page. */
  public static final List<String> SECTIONS = List.of("what", "for-whom", "requirements", "documents", "fee",
      "duration",
      "deadline", "procedure", "office", "legal-basis", "notes");

  public ProcedurePackage {
    sections = fixed(sections);
    texts = fixed(texts);
    parameters = fixed(parameters);
    fields = fixed(fields);
    steps = List.copyOf(steps);
    decisions = fixed(decisions);
    documents = fixed(documents);
    offices = fixed(offices);
    examples = List.copyOf(examples);
  }

  private static <V> Map<String, V> fixed(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Name and version, e.g. {@code bewohnerparkausweis@1.0.0}. */
  public String id() {
    return manifest.key() + "@" + manifest.version();
  }

  /** The field of this key. */
  public Optional<Field> field(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  /** Says no more than its name. */
  @Override
  public String toString() {
    return id();
  }
}
