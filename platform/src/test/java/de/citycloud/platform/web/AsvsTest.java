package de.citycloud.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of OWASP ASVS 5.0.0, level 1: {@code docs/asvs.csv} is the source, {@code docs/asvs.md} made from it. With
 * {@code -Dcitycloud.write-docs=true} this test writes the page instead of comparing it.
 */
class AsvsTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path TESTS = Path.of("src", "test", "java", "de", "citycloud", "platform");

  /** One requirement in our words. */
  private record Requirement(String id, String words, String state, List<String> evidence, String note) {}

  private static List<Requirement> requirements() throws IOException {
    return Files.readAllLines(DOCS.resolve("asvs.csv")).stream().skip(1).map(line -> line.split(";", 5))
        .map(cells -> new Requirement(cells[0], cells[1], cells[2],
            Arrays.stream(cells[3].split("\\|")).filter(text -> !text.isEmpty()).toList(), cells[4]))
        .toList();
  }

  @Test
  void allSeventyRequirementsOfLevelOneAreAnswered() throws IOException {
    var all = requirements();
    assertThat(all).extracting(Requirement::id).hasSize(70).doesNotHaveDuplicates()
        .allMatch(id -> id.matches("\\d{1,2}\\.\\d\\.\\d{1,2}"));
    assertThat(all).allSatisfy(one -> {
      assertThat(one.state).as(one.id).isIn("met", "open", "n/a");
      assertThat(one.words).as(one.id).isNotBlank();
      if (one.state.equals("met")) {
        assertThat(one.evidence).as("evidence for %s", one.id).isNotEmpty();
      } else {
        assertThat(one.note).as("reason for %s", one.id).isNotBlank();
      }
    });
  }

  @Test
  void everyNamedTestAndFileExists() throws IOException {
    var missing = new ArrayList<String>();
    for (var one : requirements()) {
      for (var evidence : one.evidence) {
        if (!exists(evidence)) {
          missing.add(one.id + ": " + evidence);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean exists(String evidence) throws IOException {
    if (evidence.startsWith("file:")) {
      return Files.exists(Path.of("..").resolve(evidence.substring(5)));
    }
    var name = evidence.split("#");
    var file = TESTS.resolve(name[0].replace('.', '/') + ".java");
    return name.length == 2 && Files.exists(file) && Files.readString(file).contains("void " + name[1] + "(");
  }

  @Test
  void thePageIsWhatTheTableSays() throws IOException {
    var page = page(requirements());
    var file = DOCS.resolve("asvs.md");
    if (Boolean.getBoolean("citycloud.write-docs")) {
      Files.writeString(file, page);
    }
    assertThat(Files.readString(file)).as("write it anew with -Dcitycloud.write-docs=true").isEqualTo(page);
  }

  private static String page(List<Requirement> all) {
    var counts = all.stream().collect(Collectors.groupingBy(Requirement::state, Collectors.counting()));
    var page = new StringBuilder(
        """
        # OWASP ASVS 5.0.0, level 1

        Made from `asvs.csv` by `AsvsTest`, which also checks that every named test and file exists. The requirements are told in our own words;
        the standard's text counts.

        **%d of 70 met, %d do not apply, %d open.**

        | id | requirement | state | evidence | note |
        |---|---|---|---|---|
        """.formatted(
            counts.getOrDefault("met", 0L), counts.getOrDefault("n/a", 0L), counts.getOrDefault("open", 0L)));
    for (var one : all) {
      page.append("| %s | %s | %s | %s | %s |\n".formatted(one.id, one.words, one.state,
          one.evidence.stream().map(text -> "`" + text + "`").collect(Collectors.joining(", ")), one.note));
    }
    return page.toString();
  }
}
