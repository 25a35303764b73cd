package de.citycloud.platform.privacy.register;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;

/** No form asks for anything without saying what for: every field of every template leads to a column or is not kept. */
class FormFieldsTest extends CityTest {
  private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");
  private static final Pattern FORM = Pattern.compile("(?s)<form\\b.*?</form>");
  private static final Pattern FIELD = Pattern
      .compile("ui/form :: (?:text-field|field|text-area|select-field|radios|checkbox)\\('([\\w.]+)'"
          + "|<(?:input|select|textarea)\\b[^>]*?\\bname=\"([\\w.]+)\"");
  private static final Pattern NOTICE = Pattern.compile("privacy/notice :: short\\('([^']*)'\\)");

  @Autowired
  private Register register;
  @Autowired
  private Notices notices;
  @Autowired
  private MessageSource messages;

  @Test
  void everyFieldOfEveryFormSaysWhereItGoesOrThatItIsNotKept() throws IOException {
    var gaps = new ArrayList<String>();
    int forms = 0;
    try (var files = Files.walk(TEMPLATES)) {
      for (var file : files.filter(path -> path.toString().endsWith(".html")).sorted().toList()) {
        if (file.endsWith(Path.of("ui", "form.html"))) {
          continue; // the parts themselves
        }
        var template = Files.readString(file).replaceAll("(?s)<!--.*?-->", "");
        for (var form : FORM.matcher(template).results().map(match -> match.group()).toList()) {
          forms++;
          gapsOf(form).forEach(gap -> gaps.add(TEMPLATES.relativize(file) + ": " + gap));
        }
      }
    }
    assertThat(gaps).as("add ~{privacy/notice :: short('field=table.column other=unsaved')} to the form").isEmpty();
    assertThat(forms).as("not by looking at nothing").isGreaterThan(8);
  }

  @Test
  void aFieldWithoutBasisIsFound() {
    var fields = "<input name=\"name\"><div th:replace=\"~{ui/form :: text-area('words', #{x}, '')}\"></div>";
    assertThat(gapsOf("<form>" + fields + "</form>")).hasSize(2);
    assertThat(gapsOf("<form>" + fields + notice("name=account.name words=unsaved") + "</form>")).isEmpty();
    assertThat(gapsOf("<form>" + fields + notice("name=account.shoe_size words=unsaved") + "</form>"))
        .singleElement().asString().contains("account.shoe_size");
    assertThat(gapsOf("<form>" + fields + notice("name=account.name words=unsaved phone=unsaved") + "</form>"))
        .singleElement().asString().contains("phone");
  }

  @Test
  void aNoticeListsExactlyThePersonalFieldsOfItsForm() {
    assertThat(notices.of("name=account.name label=api_key.label password=account.password_hash next=unsaved"))
        .singleElement().satisfies(use -> {
          assertThat(use.activity().key()).isEqualTo("staff-sign-in");
          assertThat(use.labels()).containsExactly("column.account.name", "column.account.password_hash");
        });
    assertThat(notices.of("q=unsaved")).isEmpty();
  }

  private List<String> gapsOf(String form) {
    var fields = new TreeSet<String>();
    FIELD.matcher(form).results().map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .forEach(fields::add);
    var declared = NOTICE.matcher(form).results().findFirst().map(match -> Notices.parse(match.group(1)));
    var gaps = new ArrayList<String>();
    if (declared.isEmpty()) {
      fields.forEach(field -> gaps.add("the field " + field + " names no column"));
      return gaps;
    }
    fields.stream().filter(field -> !declared.get().containsKey(field))
        .forEach(field -> gaps.add("the field " + field + " names no column"));
    declared.get().forEach((field, name) -> {
      if (!fields.contains(field)) {
        gaps.add("the notice names the field " + field + ", which the form does not have");
      } else if (!name.equals(Notices.UNSAVED)) {
        var column = register.find(name);
        if (column.isEmpty()) {
          gaps.add("the field " + field + " names " + name + ", which is no column");
        } else if (column.get().isPersonal()) {
          for (var language : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            if ("".equals(messages.getMessage("column." + name, null, "", language))) {
              gaps.add("column." + name + " has no text in " + language);
            }
          }
        }
      }
    });
    return gaps;
  }

  private static String notice(String fields) {
    return "<th:block th:replace=\"~{privacy/notice :: short('" + fields + "')}\"></th:block>";
  }
}
