package de.citycloud.platform.procedure.adoption;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that we set for a procedure, from a day on. Settings are only added to: a later one for the same day takes
 * the place of an earlier one, for all who come after it.
 *
 * @param name key of the parameter; for texts {@code section.<key>} or {@code text.<key>}; for addenda the section
 * @param validFrom first day in Europe/Berlin; {@link #ALWAYS} if it always applies
 * @param value as in a package's files; null if it was taken back
 * @param legalSource where it is set in law; may be empty
 */
record Setting(Kind kind, String name, LocalDate validFrom, @Nullable JsonNode value, String legalSource,
    Instant recordedAt) {
  /** A day before every application. */
  static final LocalDate ALWAYS = LocalDate.of(1900, 1, 1);

  /** What is set. */
  enum Kind {
    PARAMETER, TEXT, ADDENDUM;

    String inStore() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What stands for each day, of {@code all} that were recorded by {@code known}; newest day first, without what was taken back. */
  static List<Setting> standing(List<Setting> all, Kind kind, String name, Instant known) {
    return all.stream()
        .filter(each -> each.kind == kind && each.name.equals(name) && !each.recordedAt.isAfter(known))
        .sorted(Comparator.comparing(Setting::validFrom).thenComparing(Setting::recordedAt).reversed())
        .collect(java.util.stream.Collectors.toMap(Setting::validFrom, each -> each, (first, older) -> first,
            java.util.LinkedHashMap::new))
        .values().stream().filter(each -> each.value != null).toList();
  }

  /** What applies on {@code day}; empty if nothing was set for it. */
  static Optional<Setting> on(LocalDate day, List<Setting> all, Kind kind, String name, Instant known) {
    return standing(all, kind, name, known).stream().filter(each -> !each.validFrom.isAfter(day)).findFirst();
  }

  boolean isAlways() {
    return validFrom.equals(ALWAYS);
  }
}
