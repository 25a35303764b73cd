package de.citycloud.platform.procedure.desk;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BindingResult;

/** What somebody typed into a form of the desk, cleaned; mistakes are noted at the field. */
final class Typed {
  /** Longest text of a message, a request, grounds; as the case takes it. */
  static final int LONGEST = 5_000;

  private Typed() {}

  /** Without characters that no store takes, and without space around; empty for nothing. */
  static String text(@Nullable String sent) {
    return sent == null ? "" : sent.replace("\u0000", "").replace("\r\n", "\n").strip();
  }

  /** A text that must be there; {@code key.missing} and {@code key.long} are noted at the field. */
  static String required(@Nullable String sent, String field, String key, BindingResult errors) {
    var text = text(sent);
    if (text.isEmpty()) {
      errors.rejectValue(field, key + ".missing");
    } else {
      notLonger(text, field, errors);
    }
    return text;
  }

  /** A text that may be empty. */
  static String optional(@Nullable String sent, String field, BindingResult errors) {
    var text = text(sent);
    notLonger(text, field, errors);
    return text;
  }

  private static void notLonger(String text, String field, BindingResult errors) {
    if (text.length() > LONGEST) {
      errors.rejectValue(field, "desk.text.long", new Object[]{LONGEST, text.length()}, null);
    }
  }

  /** Day, month and year in three fields; empty if that is no date. */
  static Optional<LocalDate> date(@Nullable String day, @Nullable String month, @Nullable String year) {
    try {
      int typedYear = Integer.parseInt(text(year));
      return Optional.of(LocalDate.of(typedYear < 100 ? typedYear + 2000 : typedYear, Integer.parseInt(text(month)),
          Integer.parseInt(text(day)))).filter(date -> date.getYear() >= 2000 && date.getYear() <= 2200);
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A number; the given one if it is none. */
  static long number(@Nullable String sent, long otherwise) {
    try {
      return Long.parseLong(text(sent));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
