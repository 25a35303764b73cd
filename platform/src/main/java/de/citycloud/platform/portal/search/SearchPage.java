package de.citycloud.platform.portal.search;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.portal.search.SearchIndex.Entry;
import de.citycloud.platform.portal.search.SearchIndex.Group;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The search page: one field, then what was found in groups. */
@Controller
class SearchPage {
  /** Longer questions are cut; the page says so. */
  static final int LONGEST = 100;
  private static final int SHOWN = 60;

  private final Municipalities municipalities;
  private final SearchIndexes indexes;

  SearchPage(Municipalities municipalities, SearchIndexes indexes) {
    this.municipalities = municipalities;
    this.indexes = indexes;
  }

  @GetMapping("/{municipality:[a-z0-9-]+}/search")
  String search(@PathVariable String municipality, @RequestParam(name = "q", defaultValue = "") String question,
      Locale locale, Model model) {
    var town = municipalities.getBySlug(municipality);
    var asked = question.strip();
    boolean cut = asked.length() > LONGEST;
    asked = cut ? asked.substring(0, LONGEST) : asked;
    List<Entry> found = asked.isEmpty() ? List.of() : indexes.of(town, locale).find(asked, SHOWN);
    model.addAttribute("town", town);
    model.addAttribute("asked", asked);
    model.addAttribute("cut", cut);
    model.addAttribute("count", found.size());
    model.addAttribute("groups", grouped(found));
    return "portal/search";
  }

  /** The group with the best result first. */
  private static Map<Group, List<Entry>> grouped(List<Entry> found) {
    var groups = new EnumMap<Group, List<Entry>>(Group.class);
    for (var group : Group.values()) {
      var those = found.stream().filter(entry -> entry.group() == group).toList();
      if (!those.isEmpty()) {
        groups.put(group, those);
      }
    }
    var ordered = new java.util.LinkedHashMap<Group, List<Entry>>();
    groups.entrySet().stream().sorted(Comparator.comparingInt(group -> found.indexOf(group.getValue().getFirst())))
        .forEach(group -> ordered.put(group.getKey(), group.getValue()));
    return ordered;
  }
}
