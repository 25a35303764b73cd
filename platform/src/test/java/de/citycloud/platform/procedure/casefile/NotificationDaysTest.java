package de.citycloud.platform.procedure.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationDaysTest {
  @ParameterizedTest
  @CsvSource({ // sent, notified, objection until
      "2024-12-02, 2024-12-05, 2025-01-07", // three days then; 5 January is a Sunday, the 6th Epiphany
      "2026-11-27, 2026-12-01, 2027-01-04", // four days; 1 January is a holiday
      "2026-11-25, 2026-11-30, 2026-12-30", // the fourth day is a Sunday
      "2026-12-21, 2026-12-28, 2027-01-28"}) // the fourth day is Christmas
  void whatIsSentCountsAsNotifiedAndCanBeObjectedTo(LocalDate sent, LocalDate notified, LocalDate until) {
    assertThat(NotificationDays.notifiedOn(sent)).isEqualTo(notified);
    assertThat(NotificationDays.objectionUntil(sent, Period.ofMonths(1))).isEqualTo(until);
  }

  @Test
  void theRulesAreInOrderAndNameTheirSource() {
    assertThat(NotificationDays.RULES).isSortedAccordingTo((one, other) -> one.from().compareTo(other.from()))
        .allSatisfy(rule -> assertThat(rule.source()).contains("§ 41"));
  }

  @Test
  void aPauseGivesBackTheDaysThatWereLeft() {
    var friday = LocalDate.of(2026, 11, 27);
    assertThat(CaseReplies.dueAfterPause(null, friday)).isNull();
    assertThat(CaseReplies.dueAfterPause(0, friday)).isEqualTo(friday);
    assertThat(CaseReplies.dueAfterPause(1, friday)).isEqualTo("2026-11-30");
    assertThat(CaseReplies.dueAfterPause(28, friday)).as("Christmas Day to Sunday").isEqualTo("2026-12-28");
    assertThat(CaseReplies.dueAfterPause(-2, friday)).as("it was over before").isEqualTo("2026-11-25");
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(CaseStatistics.median(new java.util.TreeMap<>())).isNull();
    assertThat(CaseStatistics.median(new java.util.TreeMap<>(java.util.Map.of(1, 1L, 3, 1L)))).isEqualTo(2.0);
    assertThat(CaseStatistics.median(new java.util.TreeMap<>(java.util.Map.of(1, 5L, 9, 4L)))).isEqualTo(1.0);
  }

  @Test
  void codesAndReferencesCannotBeConfused() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(AccessCodes.newDocumentCode()).matches("[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){3}");
      var reference = AccessCodes.newReference(LocalDate.of(2026, 11, 27));
      assertThat(CaseReference.parse(reference.text().toLowerCase(java.util.Locale.ROOT).replace("-", " ")))
          .contains(reference);
    }
  }
}
