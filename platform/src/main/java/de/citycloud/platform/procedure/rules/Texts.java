package de.citycloud.platform.procedure.rules;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Fills the placeholders of texts and documents. Values are maps, lists, texts and booleans only: a template reaches no
 * method of any object.
 */
final class Texts {
  private static final Mustache.Compiler PLAIN = Mustache.compiler().escapeHTML(false).defaultValue("")
      .emptyStringIsFalse(true).withCollector(new Plain());

  private static final Compiled COMPILED = new Compiled();

  private Texts() {}

  /** True if there is something to fill in: for most texts there is not, and then no values are needed. */
  static boolean hasPlaceholders(String template) {
    return template.contains("{{");
  }

  /** The text with its placeholders filled, no HTML. A text that cannot be filled stands as it is. */
  static String plain(String template, Map<String, Object> values, Locale language) {
    return hasPlaceholders(template) ? fill(false, template, values, language).orElse(template) : template;
  }

  /** The document with its placeholders filled and escaped; lines of a value become lines of the document. */
  static String document(String template, Map<String, Object> values, Locale language) {
    return fill(true, template, values, language).orElseGet(() -> escape(template));
  }

  private static Optional<String> fill(boolean escaped, String template, Map<String, Object> values,
      Locale language) {
    try {
      return Optional.of(COMPILED.get(new Compiled.Key(escaped, template, Said.locale(language))).execute(values));
    } catch (MustacheException e) {
      // texts of a package were checked; one of a municipality may be odd, and people still read its words
      LoggerFactory.getLogger(Texts.class).warn("A text has placeholders that cannot be filled: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Template compile(Compiled.Key key) {
    var compiler = PLAIN.withFormatter(
        value -> value instanceof Boolean yes ? Said.text(key.language, yes ? "yes" : "no") : value.toString());
    return (key.escaped ? compiler.withEscaper(Texts::escape) : compiler).compile(key.template);
  }

  /** The templates that were used last; they may be filled by many at once. */
  private static final class Compiled {
    private static final int MOST = 1_000;

    private final LinkedHashMap<Key, Template> templates = new LinkedHashMap<>(64, 0.75f, true);
    private final ReentrantLock lock = new ReentrantLock();

    private record Key(boolean escaped, String template, Locale language) {}

    Template get(Key key) {
      lock.lock();
      try {
        var known = templates.get(key);
        if (known != null) {
          return known;
        }
      } finally {
        lock.unlock();
      }
      var made = compile(key);
      lock.lock();
      try {
        templates.put(key, made);
        if (templates.size() > MOST) {
          templates.remove(templates.sequencedKeySet().getFirst());
        }
        return made;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Escaped for XHTML; what XML cannot hold is left out. */
  static String escape(String text) {
    var escaped = new StringBuilder(text.length() + 32);
    text.codePoints().forEach(c -> {
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        case '\n' -> escaped.append("<br/>");
        default -> {
          if (c >= ' ' && c != 0x7f && c != 0xfffe && c != 0xffff && !(c >= 0xd800 && c <= 0xdfff)) {
            escaped.appendCodePoint(c);
          }
        }
      }
    });
    return escaped.toString();
  }

  /** Parameters and the office, as people read them. */
  static Map<String, Object> ofParameters(ResolvedProcedure procedure, Locale language) {
    var values = new HashMap<String, Object>();
    procedure.pack().parameters().forEach((key, parameter) -> {
      var value = procedure.parameters().get(key);
      if (value != null) {
        values.put(key, shown(parameter, value, language));
      }
    });
    var office = procedure.office();
    values.put("officeName", office.name());
    values.put("officeAddress", office.address());
    values.put("officePhone", office.phone());
    values.put("officeEmail", office.email());
    values.put("officeHours", office.hours());
    values.put("procedureName", procedure.pack().manifest().name().in(language));
    return values;
  }

  /** Adds answers, as people read them; an empty list or file is not there. */
  static void addAnswers(Map<String, Object> values, ResolvedProcedure procedure, Map<String, Object> answers,
      Locale language) {
    answers.forEach((key, answer) -> {
      var field = procedure.pack().fields().get(key);
      if (field != null && !(answer instanceof List<?> list && list.isEmpty())) {
        values.put(key, field.type() == Field.Type.BOOLEAN
            ? answer
            : Shown.answer(procedure, field, answer, language));
      }
    });
  }

  /** Adds further values: those named like a fee are euros, and a fee of nothing is not there for sections. */
  static void addValues(Map<String, Object> values, ResolvedProcedure procedure, Map<String, Object> more,
      Locale language) {
    more.forEach((key, value) -> {
      if (procedure.pack().fields().containsKey(key)) {
        addAnswers(values, procedure, Map.of(key, value), language);
      } else if (value instanceof BigDecimal number && (key.equals("fee") || key.endsWith("Fee"))) {
        if (number.signum() == 0) {
          values.remove(key);
        } else {
          values.put(key, Shown.money(number, language));
        }
      } else {
        values.put(key, value instanceof Boolean ? value : Shown.value(value, language));
      }
    });
  }

  private static Object shown(Parameter parameter, Object value, Locale language) {
    if (value instanceof List<?> rows) {
      var shown = new ArrayList<Map<String, Object>>();
      for (var row : rows) {
        if (row instanceof Map<?, ?> cells) {
          var line = new HashMap<String, Object>();
          parameter.columns().forEach(column -> {
            var cell = cells.get(column.key());
            if (cell != null) {
              line.put(column.key(),
                  cell instanceof Boolean ? cell : Shown.parameter(column.type(), cell, language));
            }
          });
          shown.add(line);
        }
      }
      return shown;
    }
    if (parameter.type() == Parameter.Type.CHOICE) {
      var words = parameter.options().get(value.toString());
      return words == null ? value : words.in(language);
    }
    return value instanceof Boolean ? value : Shown.parameter(parameter.type(), value, language);
  }

  /** Looks into maps and lists, into nothing else. */
  private static final class Plain extends BasicCollector {
    @Override
    public @Nullable Iterator<?> toIterator(@Nullable Object value) {
      return value instanceof List<?> list ? list.iterator() : null;
    }

    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(@Nullable Object context, String name) {
      return context instanceof Map<?, ?>
          ? (of, key) -> of instanceof Map<?, ?> map && map.containsKey(key)
              ? map.get(key)
              : Template.NO_FETCHER_FOUND
          : null;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new HashMap<>();
    }
  }
}
