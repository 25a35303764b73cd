package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Field.Type;
import de.citycloud.platform.procedure.pack.read.Findings;
import java.util.Set;

/** What each field has to say. */
final class FieldRules {
  private static final String FILE = "fields.json ";
  private static final Set<String> AUTOCOMPLETE = Set.of("", "off", "name", "given-name", "family-name", "email", "tel",
      "street-address", "address-line1", "address-line2", "postal-code", "address-level2", "country-name", "bday",
      "organization", "honorific-prefix", "sex", "language", "iban");

  private FieldRules() {}

  /** {@code field-without-basis}: every field has a legal basis; its purpose is never blank. */
  static void basis(Draft draft, Findings findings) {
    for (var field : draft.pack().fields().values()) {
      if (field.legalBasis().isBlank()) {
        findings.error("field-without-basis", FILE + field.key() + "/legalBasis",
            "The field \"%s\" has no legal basis, expected why the city may ask for it.\nMaybe it need not be asked."
                .formatted(field.key()));
      }
    }
  }

  /** {@code options}: choices have options of their own or from a table parameter, other fields have none. */
  static void options(Draft draft, Findings findings) {
    for (var field : draft.pack().fields().values()) {
      boolean choice = field.type() == Type.CHOICE || field.type() == Type.MULTIPLE;
      var from = field.optionsFrom();
      if (choice != (!field.options().isEmpty() ^ from != null) || (!choice && from != null)) {
        findings.error("options", FILE + field.key(),
            "The field \"%s\" of type %s has %d options%s, expected either options or optionsFrom for a choice, and "
                .formatted(field.key(), field.type(), field.options().size(), from == null ? "" : " and optionsFrom")
                + "none for others.");
      }
      if (from != null && !tableColumn(draft, from)) {
        findings.error("options", FILE + field.key() + "/optionsFrom",
            "\"%s\" names no column of a table parameter, expected for example zones.zone.".formatted(
                Findings.shown(from)));
      }
    }
  }

  private static boolean tableColumn(Draft draft, String from) {
    int dot = from.indexOf('.');
    var table = dot < 0 ? null : draft.pack().parameters().get(from.substring(0, dot));
    return table != null
        && table.columns().stream().anyMatch(column -> column.key().equals(from.substring(dot + 1)));
  }

  /** {@code field-limits}: limits fit the type, and to what browsers fill in. */
  static void limits(Draft draft, Findings findings) {
    for (var field : draft.pack().fields().values()) {
      boolean number = field.type() == Type.INTEGER || field.type() == Type.MONEY;
      var least = field.minimum();
      var most = field.maximum();
      if (!number && (least != null || most != null)) {
        findings.error("field-limits", FILE + field.key(),
            "The field \"%s\" of type %s has min or max, expected them for numbers only.".formatted(field.key(),
                field.type()));
      }
      if (least != null && most != null && least.compareTo(most) > 0) {
        findings.error("field-limits", FILE + field.key(),
            "The least value %s of \"%s\" is above the greatest %s.".formatted(least, field.key(), most));
      }
      if (!AUTOCOMPLETE.contains(field.autocomplete())) {
        findings.error("field-limits", FILE + field.key() + "/autocomplete",
            "\"%s\" is no token that browsers know here, expected for example given-name or postal-code.".formatted(
                Findings.shown(field.autocomplete())));
      }
    }
  }

  /** {@code pattern}: a pattern stands at a line of text, says what to do, and cannot take long for any text. */
  static void patterns(Draft draft, Findings findings) {
    for (var field : draft.pack().fields().values()) {
      var pattern = field.pattern();
      if (pattern == null) {
        if (field.patternHint() != null) {
          findings.error("pattern", FILE + field.key(), "There is a hint without a pattern, expected both or none.");
        }
        continue;
      }
      if (field.type() != Type.TEXT && field.type() != Type.PHONE && field.type() != Type.EMAIL) {
        findings.error("pattern", FILE + field.key(),
            "The field of type %s has a pattern, expected one for text, phone and email only.".formatted(field.type()));
      }
      if (field.patternHint() == null) {
        findings.error("pattern", FILE + field.key() + "/patternHint",
            "The pattern of \"%s\" has no hint, expected what people shall do, with an example.".formatted(
                field.key()));
      }
      trouble(field, pattern).ifPresent(trouble -> findings.error("pattern", FILE + field.key() + "/pattern",
          "The pattern \"%s\" %s.".formatted(Findings.shown(pattern), trouble)));
    }
  }

  private static java.util.Optional<String> trouble(Field field, String pattern) {
    return PatternCost.troubleOf(pattern, field.maxLength());
  }
}
