package de.citycloud.platform.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Both languages say everything, and no page says anything past them. */
class MessagesTest {
  private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");
  private static final Pattern USED = Pattern.compile("#\\{([a-zA-Z][\\w.-]*)[}(]|#messages\\.msg\\('([\\w.-]+)'");
  /** What may be read: text between tags, and attributes that are read out. */
  private static final Pattern TEXT = Pattern.compile("(?s)<(\\w[\\w:-]*)((?:\"[^\"]*\"|[^\">])*)>([^<]*)");
  private static final Pattern READ_OUT = Pattern.compile("\\s(title|alt|aria-label|placeholder|label)=\"[^\"]");
  private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");

  @Test
  void bothLanguagesHaveTheSameKeysAndParts() {
    var german = messages("de");
    var english = messages("en");
    assertThat(english.stringPropertyNames()).isEqualTo(german.stringPropertyNames());
    for (var key : german.stringPropertyNames()) {
      assertThat(english.getProperty(key)).as(key + " in English").isNotBlank();
      assertThat(german.getProperty(key)).as(key + " in German").isNotBlank();
      assertThat(parts(english.getProperty(key))).as("parts of " + key).isEqualTo(parts(german.getProperty(key)));
    }
  }

  @Test
  void messagesWithPartsCanBeFormattedAndLoseNoApostrophe() {
    for (var language : List.of("de", "en")) {
      var messages = messages(language);
      for (var key : messages.stringPropertyNames()) {
        var text = messages.getProperty(key);
        if (!parts(text).isEmpty()) {
          assertThat(text.replace("''", "")).as(key + ": with parts, an apostrophe is written twice or as ’")
              .doesNotContain("'");
          assertThat(new MessageFormat(text, Locale.of(language)).format(new Object[]{1, 2, 3, 4, 5, 6}))
              .as(key).isNotBlank();
        }
      }
    }
  }

  @Test
  void noKeyStandsTwice() throws Exception {
    for (var language : List.of("de", "en")) {
      var seen = new java.util.HashSet<String>();
      for (var line : Files.readAllLines(Path.of("src/main/resources/messages_" + language + ".properties"))) {
        if (line.matches("[A-Za-z].*=.*")) {
          assertThat(seen.add(line.substring(0, line.indexOf('=')))).as(line).isTrue();
        }
      }
    }
  }

  @Test
  void everyKeyInATemplateIsDefined() {
    var known = messages("de").stringPropertyNames();
    var unknown = new TreeSet<String>();
    for (var template : templates()) {
      USED.matcher(withoutComments(template)).results()
          .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
          .filter(key -> key.endsWith(".") // the rest is computed: then something must begin so
              ? known.stream().noneMatch(defined -> defined.startsWith(key))
              : !known.contains(key))
          .forEach(key -> unknown.add(TEMPLATES.relativize(template) + ": " + key));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void noTemplateSpeaksPastTheLanguageFiles() {
    var literal = new TreeSet<String>();
    for (var template : templates()) {
      var text = withoutComments(template).replaceAll("(?s)<(code|script|style)\\b.*?</\\1>", "")
          .replaceAll("(?s)<!DOCTYPE[^>]*>", "");
      TEXT.matcher(text).results().forEach(match -> {
        var tag = match.group(1);
        var attributes = match.group(2);
        boolean replaced = attributes.contains("th:text") || attributes.contains("th:utext")
            || attributes.contains("th:replace") || attributes.contains("translate=\"no\"");
        if (!replaced && WORD.matcher(match.group(3).replaceAll("&\\w+;|\\[\\[.*?]]", "")).find()) {
          literal.add(TEMPLATES.relativize(template) + ": " + match.group(3).strip());
        }
        if (READ_OUT.matcher(attributes).find()) {
          literal.add(TEMPLATES.relativize(template) + ": <" + tag + attributes.strip() + ">");
        }
      });
    }
    assertThat(literal).as("put words into messages_de and messages_en; names that are the same everywhere get"
        + " translate=\"no\"").isEmpty();
  }

  private static Set<String> parts(String text) {
    return Pattern.compile("\\{(\\d)").matcher(text).results().map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> templates() {
    try (var files = Files.walk(TEMPLATES)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String withoutComments(Path file) {
    try {
      return Files.readString(file).replaceAll("(?s)<!--.*?-->", "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Properties messages(String language) {
    var properties = new Properties();
    try (Reader reader = new InputStreamReader(
        Files.newInputStream(Path.of("src", "main", "resources", "messages_" + language + ".properties")),
        StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return properties;
  }
}
