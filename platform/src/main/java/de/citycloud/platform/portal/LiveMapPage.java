package de.citycloud.platform.portal;

import de.citycloud.platform.hub.Histories;
import de.citycloud.platform.hub.Place;
import de.citycloud.platform.hub.PlaceKind;
import de.citycloud.platform.hub.Places;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import de.citycloud.platform.ui.PageFormats;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The live map (<i>Stadt live</i>): all places on a map and, with the same words, in a list that works without it. */
@Controller
class LiveMapPage {
  private static final int ROWS = 500;
  private static final int WORDS = 100;
  private final Municipalities municipalities;
  private final Places places;
  private final Histories histories;
  private final PageFormats formats;
  private final MessageSource messages;

  LiveMapPage(Municipalities municipalities, Places places, Histories histories, PageFormats formats,
      MessageSource messages) {
    this.municipalities = municipalities;
    this.places = places;
    this.histories = histories;
    this.formats = formats;
    this.messages = messages;
  }

  /** A kind among the filters. */
  record Chip(PlaceKind kind, long count, boolean checked) {}

  /** The places of one kind. */
  record Group(PlaceKind kind, List<PlaceRow> rows) {}

  @GetMapping("/{municipality}/map")
  String map(@PathVariable("municipality") String slug,
      @RequestParam(name = "words", defaultValue = "") String words,
      @RequestParam(name = "kind", defaultValue = "") List<String> kinds,
      @RequestParam(name = "place", required = false) @Nullable String chosenId, Locale locale, Model model) {
    var municipality = municipalities.getBySlug(slug);
    var now = Instant.now();
    var asked = words.length() > WORDS ? words.substring(0, WORDS) : words.strip();
    var wanted = wanted(kinds);
    var all = places.list(Set.of(), null);
    var chosen = all.stream().filter(place -> String.valueOf(place.id()).equals(chosenId)).findFirst().orElse(null);
    var found = all.stream().filter(place -> wanted.isEmpty() || wanted.contains(place.kind()))
        .filter(place -> fits(place, asked, locale)).toList();
    model.addAttribute("town", municipality);
    model.addAttribute("now", now);
    model.addAttribute("words", asked);
    model.addAttribute("filter", filter(asked, wanted));
    model.addAttribute("chips", chips(all, wanted));
    model.addAttribute("total", found.size());
    model.addAttribute("cut", found.size() > ROWS);
    model.addAttribute("groups", groups(found, chosen, now));
    model.addAttribute("anything", !all.isEmpty());
    model.addAttribute("filtered", !asked.isEmpty() || !wanted.isEmpty());
    model.addAttribute("card", chosen == null
        ? null
        : PlaceCard.of(PlaceRow.of(chosen, now, formats), now, histories, formats, messages, locale));
    model.addAttribute("section", LiveMapNavigation.AREA);
    return "portal/map";
  }

  /** The present filter as start of a query, ready for one more parameter. */
  private static String filter(String words, Set<PlaceKind> kinds) {
    var query = new StringBuilder("?");
    if (!words.isEmpty()) {
      query.append("words=").append(URLEncoder.encode(words, StandardCharsets.UTF_8)).append('&');
    }
    kinds.forEach(kind -> query.append("kind=").append(kind.key()).append('&'));
    return query.toString();
  }

  private static Set<PlaceKind> wanted(List<String> kinds) {
    var wanted = EnumSet.noneOf(PlaceKind.class);
    kinds.forEach(kind -> PlaceKind.find(kind).ifPresent(wanted::add));
    return wanted;
  }

  private static List<Chip> chips(List<Place> all, Set<PlaceKind> wanted) {
    return Arrays.stream(PlaceKind.values())
        .map(kind -> new Chip(kind, all.stream().filter(place -> place.kind() == kind).count(), wanted.contains(kind)))
        .filter(chip -> chip.count() > 0).toList();
  }

  private List<Group> groups(List<Place> found, @Nullable Place chosen, Instant now) {
    var centre = chosen == null ? null : chosen.position();
    var order = centre == null
        ? null
        : Comparator.comparingDouble((Place place) -> place.position() == null
            ? Double.MAX_VALUE
            : Objects.requireNonNull(place.position()).metresTo(centre));
    var shown = found.stream().limit(ROWS).toList();
    return Arrays.stream(PlaceKind.values()).map(kind -> {
      var of = shown.stream().filter(place -> place.kind() == kind);
      return new Group(kind, (order == null ? of : of.sorted(order)).map(place -> PlaceRow.of(place, now, formats))
          .toList());
    }).filter(group -> !group.rows().isEmpty()).toList();
  }

  /** Every word must occur in name, address, description or kind; ß and accents do not matter. */
  private boolean fits(Place place, String words, Locale locale) {
    if (words.isEmpty()) {
      return true;
    }
    var text = plain(place.name() + " " + place.text("address").orElse("") + " " + place.description() + " "
        + messages.getMessage("place.kind." + place.kind().key(), null, locale));
    return Arrays.stream(plain(words).split("\\s+")).allMatch(text::contains);
  }

  private static String plain(String text) {
    return Normalizer.normalize(text.toLowerCase(Locale.ROOT).replace("ß", "ss"), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "").replace("strasse", "str").replace("str.", "str");
  }

  /** The area in the frame of every page. */
  @Component
  static class LiveMapNavigation implements Navigation {
    static final String AREA = "map.area";

    @Override
    public List<NavigationItem> itemsFor(Municipality municipality) {
      return List.of(new NavigationItem(NavigationItem.Place.AREA, 10, AREA, "/" + municipality.slug() + "/map"));
    }
  }
}
