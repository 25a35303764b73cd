package de.citycloud.platform.municipality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {
  @ParameterizedTest
  @CsvSource({"2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2030-04-21", "2038-04-25", "2285-03-22",
      "1981-04-19", "1954-04-18"})
  void easterIsWhereTheTablesSay(LocalDate sunday) {
    assertThat(WorkingDays.easter(sunday.getYear())).isEqualTo(sunday);
  }

  @ParameterizedTest
  @CsvSource({"2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25",
      "2026-06-04", "2026-10-03", "2026-11-01", "2026-12-25", "2026-12-26", "2017-10-31", "1990-10-03"})
  void holidaysOfTheState(LocalDate day) {
    assertThat(WorkingDays.isHoliday(day)).isTrue();
    assertThat(WorkingDays.isWorkingDay(day)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"2026-10-31", "2016-10-31", "1989-10-03", "2026-08-15", "2026-12-24", "2026-12-31", "2026-03-08"})
  void daysThatAreHolidaysElsewhereOrInOtherYears(LocalDate day) {
    assertThat(WorkingDays.isHoliday(day)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({ // event, period, end
      "2026-01-31, P1M, 2026-03-02", // 28 February is a Saturday
      "2028-01-31, P1M, 2028-02-29", // last day of the month in a leap year
      "2026-11-27, P2W, 2026-12-11", // a Friday ends on a Friday
      "2026-12-11, P2W, 2026-12-28", // Christmas, its second day and Sunday
      "2026-03-31, P3D, 2026-04-07", // Good Friday to Easter Monday
      "2026-11-27, P1D, 2026-11-30", // Saturday
      "2026-12-06, P1M, 2027-01-07", // Epiphany
      "2026-06-01, P3D, 2026-06-05"}) // Corpus Christi
  void aPeriodEndsOnAWorkingDay(LocalDate event, Period period, LocalDate end) {
    assertThat(WorkingDays.endOf(event, period)).isEqualTo(end);
  }

  @Test
  void aYearHasTwelveHolidaysAndNoDeadlineEndsOnOneOfThem() {
    for (int year = 2018; year < 2100; year++) {
      var day = LocalDate.of(year, 1, 1);
      int holidays = 0;
      for (; day.getYear() == year; day = day.plusDays(1)) {
        holidays += WorkingDays.isHoliday(day) ? 1 : 0;
        var end = WorkingDays.sameOrNext(day);
        assertThat(WorkingDays.isWorkingDay(end)).isTrue();
        assertThat(end).isBetween(day, day.plusDays(5));
      }
      // Ascension may fall on the first of May.
      assertThat(holidays).as("in %d", year).isBetween(11, 12);
    }
  }
}
