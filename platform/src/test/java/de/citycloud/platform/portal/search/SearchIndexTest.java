package de.citycloud.platform.portal.search;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.portal.search.SearchIndex.Entry;
import de.citycloud.platform.portal.search.SearchIndex.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchIndexTest {
  private static final SearchIndex INDEX = new SearchIndex(
      List.of(place("Bärenwiese", "Parken, Friedrich-Ebert-Straße 7", "Parkplatz Parkhaus parken Auto"),
          place("Parkhaus Bahnhof", "Parken, Pflugfelder Straße 17", "Parkplatz parken Auto"),
          place("P+R Favoritepark 1", "Parken", "Parkplatz parken Auto"),
          place("Luftmessstelle Schlossstraße", "Luft", "Stickstoffdioxid NO2 Abgase"),
          place("Wetter am Rathaus", "Wetter", "Temperatur Regen")));

  private static Entry place(String title, String text, String hidden) {
    return new Entry(Group.PLACE, title, text, hidden, "/x");
  }

  private static List<String> found(String question) {
    return INDEX.find(question, 10).stream().map(Entry::title).toList();
  }

  @Test
  void umlautsMayBeWrittenInAnyWay() {
    assertThat(found("Bärenwiese")).containsExactly("Bärenwiese");
    assertThat(found("baerenwiese")).containsExactly("Bärenwiese");
    assertThat(found("BARENWIESE")).containsExactly("Bärenwiese");
    assertThat(found("schlossstrasse")).containsExactly("Luftmessstelle Schlossstraße");
  }

  @Test
  void smallTypingErrorsAreForgiven() {
    assertThat(found("Parkhuas Bahnhof")).first().isEqualTo("Parkhaus Bahnhof");
    assertThat(found("Schlosstraße")).containsExactly("Luftmessstelle Schlossstraße");
    assertThat(found("Wettr")).containsExactly("Wetter am Rathaus");
  }

  @Test
  void everydayWordsAndPartsOfWordsLeadToThePlace() {
    assertThat(found("Auto")).containsExactlyInAnyOrder("Bärenwiese", "Parkhaus Bahnhof", "P+R Favoritepark 1");
    assertThat(found("messstelle")).containsExactly("Luftmessstelle Schlossstraße");
    assertThat(found("NO2")).containsExactly("Luftmessstelle Schlossstraße");
  }

  @Test
  void whatTheTitleSaysComesFirstAndAllWordsCount() {
    assertThat(found("parkhaus")).first().isEqualTo("Parkhaus Bahnhof");
    assertThat(found("parken friedrich")).containsExactly("Bärenwiese");
    assertThat(found("wetter quarkstrudel")).as("if nothing answers all words, what answers most")
        .containsExactly("Wetter am Rathaus");
  }

  @Test
  void nothingIsFoundForNothing() {
    assertThat(found("")).isEmpty();
    assertThat(found("  %_ '\";-- ")).isEmpty();
    assertThat(found("xyzzyqwerty")).isEmpty();
  }

  @Test
  void anyQuestionIsAnswered() {
    long seed = 20261123;
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var question = new StringBuilder();
      random.ints(random.nextInt(100), 0, 0x2fff).forEach(question::appendCodePoint);
      assertThat(INDEX.find(question.toString(), 10)).as("seed %d, question %d", seed, i).hasSizeLessThanOrEqualTo(10);
    }
  }

  @Test
  void manyEntriesAreSearchedWithoutReadingEachOne() {
    var many = new ArrayList<Entry>();
    for (int i = 0; i < 25_000; i++) {
      many.add(place("Messreihe " + i % 500 + " Sensor" + i, "Station " + i % 1000, ""));
    }
    assertThat(new SearchIndex(many).find("messrihe 77 sensor10577", 5)).first().extracting(Entry::title)
        .isEqualTo("Messreihe 77 Sensor10577");
  }
}
