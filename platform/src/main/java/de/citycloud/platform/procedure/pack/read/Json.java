package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.procedure.pack.ParameterValues;
import de.citycloud.platform.procedure.pack.Words;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An object of a JSON file, read strictly: a member that is missing, has another type or breaks a limit is a finding, and
 * something harmless stands for it, so that all mistakes are told at once. {@link #end()} tells the members that nobody
 * asked for. A member that is {@code null} counts as left out.
 */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(24).maxNumberLength(30)
          .maxNameLength(100).maxStringLength(20_000).maxDocumentLength(1L << 20).build())
      .build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Words NO_WORDS = new Words("?", "?", null);

  private final Findings findings;
  private final String file;
  private final String pointer;
  private final JsonNode node;
  private final Set<String> used = new LinkedHashSet<>();

  private Json(Findings findings, String file, String pointer, JsonNode node) {
    this.findings = findings;
    this.file = file;
    this.pointer = pointer;
    this.node = node;
  }

  /** The file as a tree; empty if it is no JSON. */
  public static Optional<JsonNode> parse(Findings findings, String file, byte[] content) {
    try {
      var tree = MAPPER.readTree(content);
      if (tree != null && !tree.isMissingNode()) {
        return Optional.of(tree);
      }
      findings.error("json", file, "The file is empty, expected JSON.");
    } catch (JacksonException e) {
      var at = e.getLocation();
      findings.error("json", at == null ? file : file + " line " + at.getLineNr(),
          "The file is no strict JSON: " + Findings.shown(e.getOriginalMessage()) + ".");
    }
    return Optional.empty();
  }

  /** The object that the file holds; empty if it holds none. */
  public static Optional<Json> object(Findings findings, String file, byte[] content) {
    return parse(findings, file, content).flatMap(tree -> {
      if (!tree.isObject()) {
        findings.error("json", file, "The file does not hold an object, expected { … }.");
        return Optional.empty();
      }
      return Optional.of(new Json(findings, file, "", tree));
    });
  }

  /** The objects that the file holds as a list. */
  public static List<Json> objects(Findings findings, String file, byte[] content, int most) {
    return parse(findings, file, content).map(tree -> elements(findings, file, "", tree, most)).orElse(List.of());
  }

  /** File and position, e.g. {@code fields.json /3/label}. */
  public String place() {
    return pointer.isEmpty() ? file : file + " " + pointer;
  }

  /** Place of a member. */
  public String place(String name) {
    return file + " " + pointer + "/" + name;
  }

  /** Tells a mistake at a member. */
  public void wrong(String name, String message) {
    findings.error("json", place(name), message);
  }

  /** Tells the members that were not asked for. */
  public void end() {
    for (var name : node.propertyNames()) {
      if (!used.contains(name)) {
        findings.error("unknown-member", place(Findings.shown(name)),
            "\"%s\" is not known here, expected only: %s.".formatted(Findings.shown(name), String.join(", ", used)));
      }
    }
  }

  /** The member as it stands; null if it is left out. */
  public @Nullable JsonNode member(String name) {
    used.add(name);
    var member = node.get(name);
    return member == null || member.isNull() ? null : member;
  }

  /** A text of 1 to {@code most} characters. */
  public String text(String name, int most) {
    var text = textOrNull(name, most);
    if (text == null || text.isBlank()) {
      wrong(name, "\"%s\" is missing or blank, expected a text.".formatted(name));
      return "?";
    }
    return text;
  }

  /** A text that matches; {@code expected} says what it is like. */
  public String text(String name, Pattern form, String expected) {
    var text = text(name, 500);
    if (!form.matcher(text).matches()) {
      wrong(name, "\"%s\" is \"%s\", expected %s.".formatted(name, Findings.shown(text), expected));
    }
    return text;
  }

  /** A text; {@code otherwise} if it is left out. */
  public String text(String name, int most, String otherwise) {
    var text = textOrNull(name, most);
    return text == null ? otherwise : text;
  }

  /** A text of at most {@code most} characters; null if it is left out. */
  public @Nullable String textOrNull(String name, int most) {
    var member = member(name);
    if (member == null) {
      return null;
    }
    if (!member.isString()) {
      wrong(name, "\"%s\" is no text, expected one in quotes.".formatted(name));
      return null;
    }
    var text = member.stringValue();
    if (text.length() > most) {
      wrong(name, "\"%s\" has %d characters, expected at most %d.".formatted(name, text.length(), most));
      return text.substring(0, most);
    }
    return text;
  }

  /** Words in German and English, perhaps in plain German; a placeholder if they are missing. */
  public Words words(String name, int most) {
    var words = wordsOrNull(name, most);
    if (words == null) {
      if (member(name) == null) {
        wrong(name, "\"%s\" is missing, expected {\"de\": …, \"en\": …}.".formatted(name));
      }
      return NO_WORDS;
    }
    return words;
  }

  /** Words; null if they are left out. */
  public @Nullable Words wordsOrNull(String name, int most) {
    if (member(name) == null) {
      return null;
    }
    var inner = objectOrNull(name);
    if (inner == null) {
      return null;
    }
    var words = new Words(inner.text("de", most), inner.text("en", most), inner.textOrNull("plain", most));
    inner.end();
    return words;
  }

  /** True or false; {@code otherwise} if it is left out. */
  public boolean flag(String name, boolean otherwise) {
    var member = member(name);
    if (member == null) {
      return otherwise;
    }
    if (!member.isBoolean()) {
      wrong(name, "\"%s\" is neither true nor false, expected one of them.".formatted(name));
      return otherwise;
    }
    return member.booleanValue();
  }

  /** A whole number; {@code otherwise} if it is left out. */
  public int integer(String name, int least, int most, int otherwise) {
    var member = member(name);
    if (member == null) {
      return otherwise;
    }
    if (!member.isIntegralNumber() || !member.canConvertToInt() || member.intValue() < least
        || member.intValue() > most) {
      wrong(name, "\"%s\" is %s, expected a whole number from %d to %d.".formatted(name,
          Findings.shown(member.toString()), least, most));
      return otherwise;
    }
    return member.intValue();
  }

  /** A decimal number that stands as a text, at most 15 digits; null if it is left out. */
  public @Nullable BigDecimal decimalOrNull(String name) {
    var text = textOrNull(name, 40);
    if (text == null) {
      return null;
    }
    if (!text.matches("-?\\d{1,12}(\\.\\d{1,6})?")) {
      wrong(name, "\"%s\" is \"%s\", expected a number in quotes, for example \"30.70\".".formatted(name, text));
      return null;
    }
    return new BigDecimal(text);
  }

  /** A date; the day zero of computers if it is wrong. */
  public LocalDate date(String name) {
    var text = text(name, 40);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      wrong(name, "\"%s\" is \"%s\", expected a date, for example 2026-11-20.".formatted(name, Findings.shown(text)));
      return LocalDate.EPOCH;
    }
  }

  /** A moment in local time. */
  public LocalDateTime moment(String name) {
    var text = text(name, 40);
    try {
      return LocalDateTime.parse(text);
    } catch (DateTimeException e) {
      wrong(name, "\"%s\" is \"%s\", expected a local time, for example 2026-12-31T23:59.".formatted(name,
          Findings.shown(text)));
      return LocalDate.EPOCH.atStartOfDay();
    }
  }

  /** A period of at most 100 years; null if it is left out. */
  public @Nullable Period periodOrNull(String name) {
    var text = textOrNull(name, 40);
    if (text == null) {
      return null;
    }
    var period = ParameterValues.period(text);
    if (period.isEmpty()) {
      wrong(name, "\"%s\" is \"%s\", expected a period, for example P2W, P3M or P2Y.".formatted(name,
          Findings.shown(text)));
    }
    return period.orElse(null);
  }

  /** A period; a day if it is missing. */
  public Period period(String name) {
    var period = periodOrNull(name);
    if (period == null && member(name) == null) {
      wrong(name, "\"%s\" is missing, expected a period, for example P2W.".formatted(name));
    }
    return period == null ? Period.ofDays(1) : period;
  }

  /** Texts of at most 200 characters each; empty if left out. */
  public List<String> texts(String name, int most) {
    var member = member(name);
    var texts = new ArrayList<String>();
    if (member != null) {
      if (!member.isArray() || member.size() > most) {
        wrong(name, "\"%s\" is no list of at most %d texts, expected one.".formatted(name, most));
        return texts;
      }
      for (var element : member) {
        if (!element.isString() || element.stringValue().isBlank() || element.stringValue().length() > 500) {
          wrong(name, "\"%s\" holds %s, expected texts of 1 to 500 characters.".formatted(name,
              Findings.shown(element.toString())));
        } else {
          texts.add(element.stringValue());
        }
      }
    }
    return texts;
  }

  /** The objects of a list; empty if left out. */
  public List<Json> list(String name, int most) {
    var member = member(name);
    return member == null ? List.of() : elements(findings, file, pointer + "/" + name, member, most);
  }

  /** The object; null if it is left out or none. */
  public @Nullable Json objectOrNull(String name) {
    var member = member(name);
    if (member != null && !member.isObject()) {
      wrong(name, "\"%s\" is no object, expected { … }.".formatted(name));
      return null;
    }
    return member == null ? null : new Json(findings, file, pointer + "/" + name, member);
  }

  /** All names of this object, each a key that {@code form} allows. */
  public List<String> keys(Pattern form, int most) {
    var keys = new ArrayList<String>();
    for (var name : node.propertyNames()) {
      if (keys.size() == most) {
        findings.error("json", place(), "There are more than %d members, expected fewer.".formatted(most));
        break;
      }
      if (form.matcher(name).matches()) {
        keys.add(name);
      }
    }
    return keys;
  }

  /** The members of the object {@code name} as words by key; empty if left out. */
  public Map<String, Words> wordsByKey(String name, Pattern form, int most, int length) {
    var inner = objectOrNull(name);
    var words = new LinkedHashMap<String, Words>();
    if (inner != null) {
      for (var key : inner.keys(form, most)) {
        words.put(key, inner.words(key, length));
      }
      inner.end();
    }
    return words;
  }

  private static List<Json> elements(Findings findings, String file, String pointer, JsonNode list, int most) {
    var objects = new ArrayList<Json>();
    if (!list.isArray()) {
      findings.error("json", file + " " + pointer, "There is no list, expected [ … ].");
      return objects;
    }
    if (list.size() > most) {
      findings.error("limits", file + " " + pointer,
          "The list has %d elements, expected at most %d.".formatted(list.size(), most));
    }
    for (int i = 0; i < Math.min(list.size(), most); i++) {
      if (list.get(i).isObject()) {
        objects.add(new Json(findings, file, pointer + "/" + i, list.get(i)));
      } else {
        findings.error("json", file + " " + pointer + "/" + i, "The element is no object, expected { … }.");
      }
    }
    return objects;
  }
}
