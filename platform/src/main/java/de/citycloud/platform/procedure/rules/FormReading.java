package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.pack.Field;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a browser sent for a field, as leniently as is safe: people write numbers in many ways. */
final class FormReading {
  private static final int MOST_CHARACTERS = 20_000;
  private static final Pattern DIGITS = Pattern.compile("\\d{1,4}");

  private FormReading() {}

  /** @param value null if nothing was sent @param mistake key of a text {@code wrong.…}; null if it could be read */
  record Sent(@Nullable Object value, @Nullable String mistake) {
    private static final Sent NOTHING = new Sent(null, null);

    private static Sent of(@Nullable Object value) {
      return value == null ? NOTHING : new Sent(value, null);
    }
  }

  /** The answer to a field. @param before the answers so far, which hold files */
  static Sent read(Field field, Map<String, Object> before, Map<String, List<String>> sent, Locale language) {
    return switch (field.type()) {
      case FILE -> Sent.of(before.get(field.key()));
      // a box that is not ticked is not sent at all
      case BOOLEAN -> Sent.of(ticked(first(sent, field.key())));
      case MULTIPLE -> {
        var values = sent.getOrDefault(field.key(), List.of()).stream().filter(one -> !one.isEmpty()).limit(101)
            .toList();
        yield Sent.of(values.isEmpty() ? null : values);
      }
      case DATE -> date(field.key(), sent);
      case INTEGER, MONEY -> number(field, first(sent, field.key()), language);
      default -> Sent.of(text(field, first(sent, field.key())));
    };
  }

  private static boolean ticked(String sent) {
    return sent.equals("true") || sent.equals("on");
  }

  private static String first(Map<String, List<String>> sent, String name) {
    var values = sent.getOrDefault(name, List.of());
    var value = values.isEmpty() ? "" : values.getFirst();
    return value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) : value;
  }

  private static @Nullable String text(Field field, String sent) {
    var text = Normalizer.normalize(sent, Normalizer.Form.NFC).replace("\r\n", "\n").replace('\r', '\n');
    text = field.type() == Field.Type.LONG_TEXT
        ? text.replace('\t', ' ')
        : text.replaceAll("\\s+", " ");
    text = text.strip();
    return text.isEmpty() ? null : text;
  }

  private static Sent date(String key, Map<String, List<String>> sent) {
    var whole = first(sent, key).strip();
    var day = first(sent, key + ".day").strip();
    var month = first(sent, key + ".month").strip();
    var year = first(sent, key + ".year").strip();
    if (whole.isEmpty() && day.isEmpty() && month.isEmpty() && year.isEmpty()) {
      return Sent.NOTHING;
    }
    try {
      if (!whole.isEmpty()) {
        return Sent.of(LocalDate.parse(whole));
      }
      if (DIGITS.matcher(day).matches() && DIGITS.matcher(month).matches() && year.matches("\\d{4}")) {
        return Sent.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
      }
    } catch (DateTimeException e) {
      // told below: there is no such day
    }
    return new Sent(null, "wrong.date");
  }

  private static Sent number(Field field, String sent, Locale language) {
    var text = sent.replaceAll("[\\s€\u00a0\u202f]", "");
    if (text.isEmpty()) {
      return Sent.NOTHING;
    }
    boolean money = field.type() == Field.Type.MONEY;
    var plain = plain(text, language);
    if (!plain.matches("-?\\d{1,12}(\\.\\d{1,4})?")) {
      return new Sent(null, money ? "wrong.money" : "wrong.integer");
    }
    var number = new BigDecimal(plain);
    if (number.stripTrailingZeros().scale() > (money ? 2 : 0)) {
      return new Sent(null, money ? "wrong.money" : "wrong.integer");
    }
    return Sent.of(number.setScale(money ? 2 : 0));
  }

  /** One dot before the decimals: {@code 1.234,50} and {@code 1,234.50} are the same. */
  private static String plain(String text, Locale language) {
    int last = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'));
    if (last < 0) {
      return text;
    }
    char mark = text.charAt(last);
    boolean both = text.indexOf(',') >= 0 && text.indexOf('.') >= 0;
    boolean thousands = !both && text.length() - last == 4
        && mark == (language.getLanguage().equals("en") ? ',' : '.');
    var whole = text.substring(0, last).replaceAll("[.,]", "");
    return whole + (thousands ? "" : ".") + text.substring(last + 1);
  }
}
