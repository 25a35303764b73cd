package de.citycloud.platform.portal.search;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words as the search compares them: lower case, umlauts as two letters, without accents. */
final class Words {
  private static final Pattern ACCENT = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{Nd}]+");

  private Words() {}

  /** The words of {@code text} in order, folded; {@code Bärenwiese, P+R} is {@code baerenwiese}, {@code p}, {@code r}. */
  static List<String> of(String text) {
    var folded = text.toLowerCase(Locale.ROOT).replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
        .replace("ß", "ss").replace("₂", "2").replace("₃", "3");
    var plain = ACCENT.matcher(Normalizer.normalize(folded, Normalizer.Form.NFD)).replaceAll("");
    return Arrays.stream(BETWEEN.split(plain)).filter(word -> !word.isEmpty()).toList();
  }

  /**
   * How well {@code word} answers {@code asked}, 0 to 10: the same 10, begins so 7, contains it 4, one or two typing
   * errors 3.
   */
  static int match(String asked, String word) {
    if (word.equals(asked)) {
      return 10;
    }
    if (word.startsWith(asked)) {
      return 7;
    }
    if (asked.length() >= 3 && word.contains(asked)) {
      return 4;
    }
    int allowed = asked.length() < 4 ? 0 : asked.length() < 8 ? 1 : 2;
    return allowed > 0 && Math.abs(asked.length() - word.length()) <= allowed
        && distance(asked, word, allowed) <= allowed ? 3 : 0;
  }

  /** Insertions, deletions, changes and swaps of neighbours from one word to the other; more than {@code atMost} is cut. */
  private static int distance(String a, String b, int atMost) {
    var before = new int[b.length() + 1];
    var last = new int[b.length() + 1];
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > atMost) {
        return least;
      }
      var free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
