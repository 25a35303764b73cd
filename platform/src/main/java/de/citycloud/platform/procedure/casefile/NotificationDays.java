package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.WorkingDays;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;

/**
 * When a decision counts as notified (German: <i>Bekanntgabefiktion</i>, § 41 (2) LVwVfG), and until when one can object
 * to it (§ 70 VwGO). Dated parameters: what was sent under an older rule keeps it.
 */
final class NotificationDays {
  /**
   * @param from first day on which a decision is sent under it
   * @param days after sending
   * @param source where it stands
   */
  record Rule(LocalDate from, int days, String source) {}

  /**
   * The federal law says four days since 2025. The text of the state's own law at hand (of 2021) still says three; until
   * somebody has checked its present text, the longer one applies, which never harms the applicant.
   */
  static final List<Rule> RULES = List.of(
      new Rule(LocalDate.of(1977, 1, 1), 3, "§ 41 (2) LVwVfG in der Fassung von 2021"),
      new Rule(LocalDate.of(2025, 1, 1), 4, "§ 41 (2) VwVfG in der Fassung des PostModG; für das LVwVfG angenommen"));

  private NotificationDays() {}

  /** The day on which something sent on {@code sent} counts as notified; moved to a working day, on the safe side. */
  static LocalDate notifiedOn(LocalDate sent) {
    int days = RULES.stream().filter(rule -> !rule.from.isAfter(sent)).reduce((first, second) -> second)
        .map(Rule::days).orElse(3);
    return WorkingDays.sameOrNext(sent.plusDays(days));
  }

  /** Last day for an objection to a decision that is sent on {@code sent}. */
  static LocalDate objectionUntil(LocalDate sent, Period within) {
    return WorkingDays.endOf(notifiedOn(sent), within);
  }
}
