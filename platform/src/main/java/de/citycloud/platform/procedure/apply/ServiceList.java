package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Manifest;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The services of the town by life situation; found by their official and by everyday words. */
@Component
class ServiceList {
  private final Procedures procedures;

  ServiceList(Procedures procedures) {
    this.procedures = procedures;
  }

  /** A service in one line. */
  record Entry(String key, String name, String summary) {}

  /** Services that answer every word of {@code question}, by topic in the order of {@link Manifest#TOPICS}. */
  Map<String, List<Entry>> find(String question, Locale language) {
    var asked = Arrays.stream(folded(question).split("[^a-z0-9]+")).filter(word -> !word.isEmpty()).limit(8).toList();
    var offered = procedures.listOffered(Instant.now()).stream().filter(procedure -> {
      var words = wordsOf(procedure, language);
      return asked.stream().allMatch(words::contains);
    }).toList();
    var groups = new LinkedHashMap<String, List<Entry>>();
    for (var topic : Manifest.TOPICS) {
      var those = offered.stream().filter(procedure -> procedure.pack().manifest().topic().equals(topic))
          .map(procedure -> entry(procedure, language)).toList();
      if (!those.isEmpty()) {
        groups.put(topic, those);
      }
    }
    return groups;
  }

  private static Entry entry(ResolvedProcedure procedure, Locale language) {
    var manifest = procedure.pack().manifest();
    return new Entry(manifest.key(), manifest.name().in(language), manifest.summary().in(language));
  }

  private static String wordsOf(ResolvedProcedure procedure, Locale language) {
    var manifest = procedure.pack().manifest();
    var synonyms = manifest.synonyms().values().stream().flatMap(List::stream).toList();
    return folded(String.join(" ", manifest.name().in(language), manifest.name().de(), manifest.summary().in(language),
        String.join(" ", synonyms)));
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss");
  }
}
