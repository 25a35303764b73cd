package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * How long cases wait for the answer of the archive after their own time is over. A dated parameter: the law names no
 * period, so it is ours until the municipality has agreed on one with its archive.
 */
final class ArchiveWait {
  /** @param from first day on which it applies */
  record Rule(LocalDate from, Duration patience, String source) {}

  static final List<Rule> RULES = List.of(new Rule(LocalDate.of(1988, 1, 1), Duration.ofDays(365),
      "assumed: § 3 LArchG has cases offered, but names no period for the answer"));

  private ArchiveWait() {}

  static Duration on(Instant at) {
    var day = ProcedureRules.local(at).toLocalDate();
    return RULES.stream().filter(rule -> !rule.from.isAfter(day)).reduce((first, second) -> second).map(Rule::patience)
        .orElse(RULES.getFirst().patience);
  }
}
