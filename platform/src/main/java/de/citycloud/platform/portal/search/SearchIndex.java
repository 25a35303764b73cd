package de.citycloud.platform.portal.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that can be found in one municipality and language. Built once, then only read. */
final class SearchIndex {
  /** More words of a question than these are not looked at. */
  static final int WORDS = 8;
  private static final int TITLE = 3;
  private static final int TEXT = 1;

  /** What a group of results is about, in the order in which the page shows them. */
  enum Group {
    SERVICE, PAGE, PLACE, SERIES
  }

  /**
   * Something that can be found.
   *
   * @param title what the link says
   * @param text one line below it; may be empty
   * @param hidden further words that lead here, not shown
   * @param path where it leads, from the root
   */
  record Entry(Group group, String title, String text, String hidden, String path) {}

  private record Use(int entry, int weight) {}

  private final List<Entry> entries;
  private final Map<String, List<Use>> uses = new HashMap<>();

  SearchIndex(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    for (int i = 0; i < this.entries.size(); i++) {
      var entry = this.entries.get(i);
      use(i, TITLE, entry.title);
      use(i, TEXT, entry.text + " " + entry.hidden);
    }
  }

  private void use(int entry, int weight, String text) {
    for (var word : Words.of(text)) {
      var known = uses.computeIfAbsent(word, key -> new ArrayList<>(1));
      if (known.isEmpty() || known.getLast().entry != entry) { // a title is indexed first, so its weight wins
        known.add(new Use(entry, weight));
      }
    }
  }

  /**
   * What answers {@code question}, best first: entries that answer every word; if there is none, those that answer
   * most, at least half of them. Empty for a question without words.
   */
  List<Entry> find(String question, int atMost) {
    var asked = Words.of(question).stream().distinct().limit(WORDS).toList();
    if (asked.isEmpty()) {
      return List.of();
    }
    var score = new int[entries.size()];
    var answered = new int[entries.size()];
    for (var word : asked) {
      var best = new int[entries.size()];
      uses.forEach((known, places) -> {
        int match = Words.match(word, known);
        if (match > 0) {
          places.forEach(use -> best[use.entry] = Math.max(best[use.entry], match * use.weight));
        }
      });
      for (int i = 0; i < best.length; i++) {
        score[i] += best[i];
        answered[i] += best[i] > 0 ? 1 : 0;
      }
    }
    int most = Arrays.stream(answered).max().orElse(0);
    if (most == 0 || 2 * most < asked.size()) {
      return List.of();
    }
    var found = new ArrayList<Integer>();
    for (int i = 0; i < score.length; i++) {
      if (answered[i] == most) {
        found.add(i);
      }
    }
    return found.stream()
        .sorted(Comparator.<Integer>comparingInt(i -> -score[i]).thenComparing(i -> entries.get(i).title))
        .limit(atMost).map(entries::get).toList();
  }
}
