package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.read.Findings;
import java.util.Set;

/** Names mean one thing only. */
final class NameRules {
  /** What documents and texts know besides parameters and answers. */
  static final Set<String> DOCUMENT = Set.of("reference", "date", "procedureName", "outcomeGranted", "outcomeRefused",
      "outcomePartly", "grounds", "conditions", "fee", "officeName", "officeAddress", "officePhone", "officeEmail",
      "officeHours", "objectionUntil", "applicantName", "municipalityName", "verifyCode", "verifyAddress");
  /** What sections of the service page know besides parameters. */
  static final Set<String> SECTION = Set.of("officeName", "officeAddress", "officePhone", "officeEmail", "officeHours");
  private static final Set<String> FEEL = Set.of("today", "now", "item", "date", "time", "duration", "if", "then",
      "else", "for", "in", "return", "some", "every", "satisfies", "function", "and", "or", "not", "between",
      "instance",
      "of", "true", "false", "null", "external", "eligible", "reason", "partial");

  private NameRules() {}

  /** {@code key-twice}: no field has the key of a parameter. */
  static void keys(Draft draft, Findings findings) {
    draft.pack().fields().keySet().stream().filter(draft.pack().parameters()::containsKey)
        .forEach(key -> findings.error("key-twice", "fields.json",
            "\"%s\" is a field and a parameter, expected different keys.".formatted(key)));
  }

  /** {@code reserved-key}: no key is a word of FEEL, or a placeholder that the platform fills. */
  static void reserved(Draft draft, Findings findings) {
    draft.pack().fields().keySet().stream().filter(NameRules::taken).forEach(key -> tell(findings, "fields.json", key));
    draft.pack().parameters().keySet().stream().filter(NameRules::taken)
        .forEach(key -> tell(findings, "parameters.json", key));
  }

  private static boolean taken(String key) {
    return FEEL.contains(key) || DOCUMENT.contains(key);
  }

  private static void tell(Findings findings, String file, String key) {
    findings.error("reserved-key", file,
        "The key \"%s\" has a meaning of its own, expected another one.\nMaybe \"%sOfApplication\".".formatted(key,
            key));
  }
}
