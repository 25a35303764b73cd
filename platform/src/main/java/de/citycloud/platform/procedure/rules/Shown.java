package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Parameter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values as people read them, in German or English. */
public final class Shown {
  private static final String NO_BREAK = "\u00a0";

  private Shown() {}

  /** An answer; options with their words, files as their number. */
  static String answer(ResolvedProcedure procedure, Field field, Object answer, Locale language) {
    return switch (field.type()) {
      case CHOICE -> option(procedure, field, answer.toString(), language);
      case MULTIPLE -> answer instanceof List<?> list
          ? list.stream().map(one -> option(procedure, field, one.toString(), language))
              .collect(Collectors.joining(", "))
          : answer.toString();
      case FILE -> answer instanceof List<?> list ? Said.text(language, "files", list.size()) : answer.toString();
      case MONEY -> answer instanceof BigDecimal money ? money(money, language) : answer.toString();
      default -> value(answer, language);
    };
  }

  /** A value of a parameter or a cell of its table. */
  public static String parameter(Parameter.Type type, Object value, Locale language) {
    return type == Parameter.Type.MONEY && value instanceof BigDecimal money
        ? money(money, language)
        : value(value, language);
  }

  /** A value whose kind nobody names: dates, numbers, periods, yes and no; other things as they are. */
  static String value(Object value, Locale language) {
    return switch (value) {
      case Boolean yes -> Said.text(language, yes ? "yes" : "no");
      case BigDecimal number -> number(number, language);
      case Number number -> number(new BigDecimal(number.toString()), language);
      case LocalDate date -> date(date, language);
      case LocalDateTime moment -> date(moment.toLocalDate(), language) + ", "
          + moment.format(DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT));
      case Period period -> period(period, language);
      case List<?> list -> list.stream().map(one -> value(one, language)).collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }

  /** Euros, e.g. {@code 30,70 €}. */
  public static String money(BigDecimal euros, Locale language) {
    var locale = Said.locale(language);
    var digits = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(locale))
        .format(euros.setScale(2, RoundingMode.HALF_UP));
    return locale.equals(Locale.UK) ? "€" + digits : digits + NO_BREAK + "€";
  }

  /** A date with the name of its month, e.g. {@code 3. Dezember 2026}. */
  static String date(LocalDate date, Locale language) {
    var locale = Said.locale(language);
    return date.format(DateTimeFormatter.ofPattern(locale.equals(Locale.UK) ? "d MMMM uuuu" : "d. MMMM uuuu", locale));
  }

  private static String number(BigDecimal number, Locale language) {
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Said.locale(language))).format(number);
  }

  /** A period in words, e.g. {@code 8 Wochen}. */
  static String period(Period period, Locale language) {
    var parts = new ArrayList<String>();
    add(parts, "years", period.getYears(), language);
    add(parts, "months", period.getMonths(), language);
    if (period.getDays() % 7 == 0) {
      add(parts, "weeks", period.getDays() / 7, language);
    } else {
      add(parts, "days", period.getDays(), language);
    }
    return parts.isEmpty() ? Said.text(language, "period.days", 0) : String.join(" ", parts);
  }

  private static void add(List<String> parts, String unit, int count, Locale language) {
    if (count != 0) {
      parts.add(Said.text(language, "period." + unit, count));
    }
  }

  private static String option(ResolvedProcedure procedure, Field field, String value, Locale language) {
    var words = Options.of(procedure, field).get(value);
    return words == null ? value : words.in(language);
  }
}
