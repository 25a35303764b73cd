package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Is an answer there, of the right kind and within its limits? Messages say what to do. */
final class AnswerCheck {
  private static final Pattern MAIL = Pattern
      .compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){1,8}");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()/.-]{3,38}");
  private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2200, 12, 31);

  private AnswerCheck() {}

  /** What is wrong with the answer to a field that is asked; empty if it is fine. @param answer null if there is none */
  static Optional<FieldError> mistake(ResolvedProcedure procedure, Field field, @Nullable Object answer,
      Locale language) {
    return Optional.ofNullable(answer == null ? missing(field, language) : wrong(procedure, field, answer, language))
        .map(message -> new FieldError(field.key(), message));
  }

  private static @Nullable String missing(Field field, Locale language) {
    if (!field.required()) {
      return null;
    }
    var label = field.label().in(language);
    return Said.text(language, switch (field.type()) {
      case CHOICE -> "missing.choice";
      case MULTIPLE -> "missing.multiple";
      case BOOLEAN -> "missing.boolean";
      case FILE -> "missing.file";
      case DATE -> "missing.date";
      default -> "missing.text";
    }, label);
  }

  private static @Nullable String wrong(ResolvedProcedure procedure, Field field, Object answer, Locale language) {
    var label = field.label().in(language);
    return switch (field.type()) {
      case TEXT, LONG_TEXT, EMAIL, PHONE -> answer instanceof String text
          ? text(field, text, label, language)
          : kind(label, language);
      case INTEGER, MONEY -> answer instanceof BigDecimal number
          ? number(field, number, label, language)
          : kind(label, language);
      case DATE -> answer instanceof LocalDate date && !date.isBefore(FIRST_DAY) && !date.isAfter(LAST_DAY)
          ? null
          : Said.text(language, "wrong.date", label);
      case CHOICE -> answer instanceof String value && Options.of(procedure, field).containsKey(value)
          ? null
          : Said.text(language, "missing.choice", label);
      case MULTIPLE -> multiple(procedure, field, answer, label, language);
      case BOOLEAN -> !(answer instanceof Boolean yes)
          ? kind(label, language)
          : field.required() && !yes ? Said.text(language, "missing.boolean", label) : null;
      case FILE -> files(field, answer, label, language);
    };
  }

  private static @Nullable String text(Field field, String text, String label, Locale language) {
    if (text.isBlank()) {
      return field.required() ? Said.text(language, "missing.text", label) : kind(label, language);
    }
    int length = text.codePointCount(0, text.length());
    if (length > field.maxLength()) {
      return Said.text(language, "wrong.length", label, field.maxLength(), length);
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && !(c == '\n' && field.type() == Field.Type.LONG_TEXT))) {
      return kind(label, language);
    }
    if (field.type() == Field.Type.EMAIL && !MAIL.matcher(text).matches()) {
      return Said.text(language, "wrong.mail", label);
    }
    if (field.type() == Field.Type.PHONE && !PHONE.matcher(text).matches()) {
      return Said.text(language, "wrong.phone", label);
    }
    var pattern = field.pattern();
    if (pattern != null && !Pattern.matches(pattern, text)) {
      var hint = field.patternHint();
      return hint == null ? kind(label, language) : hint.in(language);
    }
    return null;
  }

  private static @Nullable String number(Field field, BigDecimal number, String label, Locale language) {
    boolean money = field.type() == Field.Type.MONEY;
    if (number.stripTrailingZeros().scale() > (money ? 2 : 0) || number.abs().compareTo(new BigDecimal("1e12")) > 0) {
      return Said.text(language, money ? "wrong.money" : "wrong.integer", label);
    }
    var least = field.minimum();
    var most = field.maximum();
    if (least != null && number.compareTo(least) < 0) {
      return Said.text(language, "wrong.least", label, shown(money, least, language));
    }
    if (most != null && number.compareTo(most) > 0) {
      return Said.text(language, "wrong.most", label, shown(money, most, language));
    }
    return null;
  }

  private static String shown(boolean money, BigDecimal number, Locale language) {
    return money ? Shown.money(number, language) : Shown.value(number, language);
  }

  private static @Nullable String multiple(ResolvedProcedure procedure, Field field, Object answer, String label,
      Locale language) {
    if (!(answer instanceof List<?> values) || values.stream().distinct().count() < values.size()
        || !Options.of(procedure, field).keySet().containsAll(values.stream().map(Objects::toString).toList())) {
      return Said.text(language, "missing.multiple", label);
    }
    return values.isEmpty() && field.required() ? Said.text(language, "missing.multiple", label) : null;
  }

  private static @Nullable String files(Field field, Object answer, String label, Locale language) {
    if (!(answer instanceof List<?> files)) {
      return kind(label, language);
    }
    if (files.isEmpty() && field.required()) {
      return Said.text(language, "missing.file", label);
    }
    return files.size() > field.maxLength()
        ? Said.text(language, "wrong.files", label, field.maxLength(), files.size())
        : null;
  }

  private static String kind(String label, Locale language) {
    return Said.text(language, "wrong.kind", label);
  }
}
