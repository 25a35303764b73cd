package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.read.Findings;

/** Documents speak both languages, and say how one can object. */
final class DocumentRules {
  private DocumentRules() {}

  /** {@code document-language}: each document is there in German and English; what decides has one. */
  static void languages(Draft draft, Findings findings) {
    var documents = draft.pack().documents();
    for (var name : documents.keySet()) {
      var other = name.endsWith(".de") ? name.replaceAll("\\.de$", ".en") : name.replaceAll("\\.en$", ".de");
      if (!documents.containsKey(other)) {
        findings.error("document-language", "documents/" + name + ".html",
            "There is no documents/%s.html, expected both languages.".formatted(other));
      }
    }
    if (!draft.pack().manifest().intake() && !documents.containsKey("decision.de")) {
      findings.error("document-language", "documents",
          "There is no documents/decision.de.html, expected the decision.");
    }
  }

  /** {@code placeholder}: placeholders of documents name what is there. */
  static void placeholders(Draft draft, Findings findings) {
    var known = TextRules.everything(draft);
    draft.pack().documents()
        .forEach((name, text) -> TextRules.text(findings, "documents/" + name + ".html", text, known));
  }

  /** {@code remedy}: a decision says how one can object (§ 37 Abs. 6 VwVfG). */
  static void remedy(Draft draft, Findings findings) {
    if (draft.pack().manifest().objectionWithin() == null) {
      return;
    }
    draft.pack().documents().forEach((name, text) -> {
      if (name.startsWith("decision.") && !text.contains("{{objectionUntil}}") && !text.contains("id=\"remedy\"")) {
        findings.error("remedy", "documents/" + name + ".html",
            "The decision does not say how one can object, expected {{objectionUntil}} or an element with "
                + "id=\"remedy\".");
      }
    });
  }
}
