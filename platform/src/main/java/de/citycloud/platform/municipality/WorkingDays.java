package de.citycloud.platform.municipality;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Working days in Baden-Württemberg, and deadlines that end on them (§§ 187 to 193 BGB, § 31 LVwVfG). Pure; each holiday
 * says for which years it holds, so that a change of law is a line here and leaves the past as it was.
 */
public final class WorkingDays {
  /**
   * A holiday.
   *
   * @param source law
   * @param from first year
   * @param until last year
   * @param in its day in a year
   */
  private record Holiday(String source, int from, int until, IntFunction<LocalDate> in) {}

  private static final String LAW = "§ 1 Feiertagsgesetz Baden-Württemberg";
  private static final int ALWAYS = 9999;
  private static final List<Holiday> HOLIDAYS = List.of(fixed(1, 1), fixed(1, 6), afterEaster(-2), afterEaster(1),
      fixed(5, 1), afterEaster(39), afterEaster(50), afterEaster(60),
      new Holiday("Art. 2 (2) Einigungsvertrag", 1990, ALWAYS, year -> LocalDate.of(year, 10, 3)), fixed(11, 1),
      fixed(12, 25), fixed(12, 26),
      new Holiday("500 years of the Reformation: once", 2017, 2017, year -> LocalDate.of(year, 10, 31)));

  private WorkingDays() {}

  private static Holiday fixed(int month, int day) {
    return new Holiday(LAW, 1971, ALWAYS, year -> LocalDate.of(year, month, day));
  }

  private static Holiday afterEaster(int days) {
    return new Holiday(LAW, 1971, ALWAYS, year -> easter(year).plusDays(days));
  }

  /** Easter Sunday (Gauss, in the form of Lichtenberg); years 1583 to 9999. */
  public static LocalDate easter(int year) {
    int k = year / 100;
    int m = 15 + (3 * k + 3) / 4 - (8 * k + 13) / 25;
    int s = 2 - (3 * k + 3) / 4;
    int a = year % 19;
    int d = (19 * a + m) % 30;
    int r = (d + a / 11) / 29;
    int og = 21 + d - r;
    int sz = 7 - Math.floorMod(year + year / 4 + s, 7);
    int oe = 7 - Math.floorMod(og - sz, 7);
    return LocalDate.of(year, 3, 1).plusDays(og + oe - 1L);
  }

  /** True if the day is a public holiday of the whole state. */
  public static boolean isHoliday(LocalDate day) {
    int year = day.getYear();
    return HOLIDAYS.stream().anyMatch(
        holiday -> year >= holiday.from && year <= holiday.until && holiday.in.apply(year).equals(day));
  }

  /** True from Monday to Friday unless it is a holiday. */
  public static boolean isWorkingDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY && !isHoliday(day);
  }

  /** The day itself, or the next working day (§ 193 BGB, § 31 (3) LVwVfG). */
  public static LocalDate sameOrNext(LocalDate day) {
    var next = day;
    while (!isWorkingDay(next)) {
      next = next.plusDays(1);
    }
    return next;
  }

  /**
   * Last day of a period that an event starts. The day of the event does not count (§ 187 (1) BGB); weeks and months end
   * on the day with its name or number, or the last one of the month (§ 188 (2), (3)); a Saturday, Sunday or holiday is
   * not the end (§ 193).
   */
  public static LocalDate endOf(LocalDate event, Period period) {
    return sameOrNext(event.plus(period));
  }
}
