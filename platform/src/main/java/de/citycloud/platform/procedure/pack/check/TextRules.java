package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.pack.Words;
import de.citycloud.platform.procedure.pack.read.Findings;
import de.citycloud.platform.procedure.pack.read.Placeholders;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts name only what is there when they are shown. */
final class TextRules {
  private TextRules() {}

  /**
   * {@code placeholder}: placeholders of sections, help and introductions name parameters; those of further texts also
   * answers and values of tables. Names and labels have none.
   */
  static void placeholders(Draft draft, Findings findings) {
    var pack = draft.pack();
    var page = new HashSet<>(NameRules.SECTION);
    page.addAll(parameters(draft));
    pack.sections().forEach((key, words) -> check(findings, "texts.json /sections/" + key, words, page));
    var all = everything(draft);
    pack.texts().forEach((key, words) -> check(findings, "texts.json /texts/" + key, words, all));
    for (var field : pack.fields().values()) {
      check(findings, "fields.json " + field.key() + "/label", field.label(), Set.of());
      check(findings, "fields.json " + field.key() + "/help", field.help(), page);
      check(findings, "fields.json " + field.key() + "/patternHint", field.patternHint(), Set.of());
    }
    for (var step : pack.steps()) {
      check(findings, "form.json " + step.key() + "/title", step.title(), Set.of());
      check(findings, "form.json " + step.key() + "/intro", step.intro(), page);
    }
    check(findings, "manifest.json /name", pack.manifest().name(), Set.of());
    check(findings, "manifest.json /summary", pack.manifest().summary(), Set.of());
    check(findings, "manifest.json /action", pack.manifest().action(), Set.of());
    if (!pack.sections().containsKey("what")) {
      findings.error("sections", "texts.json /sections", "The section \"what\" is missing, expected what one gets.");
    }
  }

  /** {@code reason-without-text}: every reason that a table gives is a text. */
  static void reasons(Draft draft, Findings findings) {
    draft.tables().forEach((name, table) -> {
      for (var output : Set.of("reason", "feeReason")) {
        for (var key : table.literals().getOrDefault(output, Set.of())) {
          if (!key.isEmpty() && !draft.pack().texts().containsKey(key)) {
            findings.error("reason-without-text", "decisions/" + name + ".dmn",
                "The reason \"%s\" is no text, expected one in texts.json.".formatted(Findings.shown(key)));
          }
        }
      }
    });
  }

  /** Parameters, and the columns of those that are tables. */
  static Set<String> parameters(Draft draft) {
    var names = new HashSet<>(draft.pack().parameters().keySet());
    draft.pack().parameters().values().stream().map(Parameter::columns)
        .forEach(columns -> columns.forEach(column -> names.add(column.key())));
    return names;
  }

  /** All that documents and further texts can name. */
  static Set<String> everything(Draft draft) {
    var names = new HashSet<>(NameRules.DOCUMENT);
    names.addAll(parameters(draft));
    names.addAll(draft.pack().fields().keySet());
    draft.tables().values().forEach(table -> names.addAll(table.outputs()));
    return names;
  }

  private static void check(Findings findings, String place, @Nullable Words words, Set<String> known) {
    if (words == null) {
      return;
    }
    text(findings, place + "/de", words.de(), known);
    text(findings, place + "/en", words.en(), known);
    var plain = words.plain();
    if (plain != null) {
      text(findings, place + "/plain", plain, known);
    }
  }

  /** Checks one text. */
  static void text(Findings findings, String place, String text, Set<String> known) {
    var placeholders = Placeholders.of(text);
    placeholders.trouble().ifPresent(trouble -> findings.error("placeholder", place, trouble + "."));
    for (var name : placeholders.names()) {
      if (!known.contains(name)) {
        findings.error("placeholder", place, "{{%s}} is not known here, expected %s.".formatted(name,
            known.isEmpty() ? "no placeholder" : "a parameter" + (known.contains("reference") ? " or an answer" : "")));
      }
    }
  }
}
