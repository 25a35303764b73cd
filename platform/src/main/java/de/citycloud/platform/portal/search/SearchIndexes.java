package de.citycloud.platform.portal.search;

import de.citycloud.platform.hub.Place;
import de.citycloud.platform.hub.Places;
import de.citycloud.platform.hub.Reading;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.portal.search.SearchIndex.Entry;
import de.citycloud.platform.portal.search.SearchIndex.Group;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The index of each municipality and language, at most half a minute old. It is in memory since no operator that the
 * search needs (LIKE, trigrams) may reach an index of the store behind row-level security.
 */
@Component
class SearchIndexes {
  private static final long KEPT_NANOS = 30_000_000_000L;
  private static final int KEPT_AT_MOST = 100;
  private static final int SERIES_AT_MOST = 20_000;
  /** Pages that can be found: part of the message key and of the address. */
  private static final Map<String, String> PAGES = Map.ofEntries(Map.entry("map", "/map"),
      Map.entry("parking", "/map?kind=parking"), Map.entry("air", "/map?kind=air"), Map.entry("data", "/data"),
      Map.entry("api", "/data#api"), Map.entry("mqtt", "/data#mqtt"), Map.entry("connect", "/data#connect"),
      Map.entry("contact", "/contact"), Map.entry("imprint", "/imprint"), Map.entry("privacy", "/privacy"),
      Map.entry("accessibility", "/accessibility"), Map.entry("licences", "/licences"));

  private record Key(int municipality, String language) {}

  private record Made(SearchIndex index, long at) {}

  private final Places places;
  private final JdbcClient jdbc;
  private final MessageSource messages;
  private final Procedures procedures;
  private final Map<Key, Made> kept = new ConcurrentHashMap<>();

  SearchIndexes(Places places, JdbcTemplate template, MessageSource messages, Procedures procedures) {
    this.places = places;
    this.procedures = procedures;
    var limited = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
    limited.setQueryTimeout(10);
    this.jdbc = JdbcClient.create(limited);
    this.messages = messages;
  }

  /** The index of the current municipality. */
  SearchIndex of(Municipality municipality, Locale locale) {
    if (kept.size() > KEPT_AT_MOST) {
      kept.clear();
    }
    return kept.compute(new Key(municipality.id(), locale.getLanguage()), (key, made) -> made != null
        && System.nanoTime() - made.at < KEPT_NANOS
            ? made
            : new Made(build(municipality, locale), System.nanoTime())).index;
  }

  private SearchIndex build(Municipality municipality, Locale locale) {
    var base = "/" + municipality.slug();
    var entries = new ArrayList<Entry>();
    PAGES.forEach((key, path) -> entries.add(new Entry(Group.PAGE, word("search.page." + key, locale),
        word("search.page." + key + ".text", locale), word("search.page." + key + ".words", locale), base + path)));
    procedures.listOffered(Instant.now()).forEach(procedure -> entries.add(service(procedure, base, locale)));
    places.list(Set.of(), null).forEach(place -> entries.add(entry(place, base, locale)));
    entries.addAll(series(base));
    return new SearchIndex(entries);
  }

  private static Entry service(ResolvedProcedure procedure, String base, Locale locale) {
    var manifest = procedure.pack().manifest();
    var synonyms = manifest.synonyms().values().stream().flatMap(List::stream).toList();
    return new Entry(Group.SERVICE, manifest.name().in(locale), manifest.summary().in(locale),
        String.join(" ", synonyms) + " " + manifest.action().in(locale), base + "/services/" + manifest.key());
  }

  private Entry entry(Place place, String base, Locale locale) {
    var kind = word("kind." + place.kind().key(), locale);
    var text = place.text("address").map(address -> kind + ", " + address).orElse(kind);
    return new Entry(Group.PLACE, place.name(), text,
        word("search.words." + place.kind().key(), locale) + " " + place.description() + " "
            + place.text("operator").orElse(""),
        base + "/things/" + place.id());
  }

  private List<Entry> series(String base) {
    return jdbc.sql("""
                    select d.name, d.description, d.thing_id, t.name thing, p.name property, d.unit ->> 'symbol' symbol
                    from datastream d
                    join thing t on t.municipality_id = d.municipality_id and t.id = d.thing_id
                    join observed_property p on p.municipality_id = d.municipality_id and p.id = d.observed_property_id
                    order by d.id limit ?
                    """).param(SERIES_AT_MOST).query((row, number) -> {
      var symbol = row.getString("symbol");
      var unit = symbol == null ? "" : Reading.unitForPeople(symbol);
      return new Entry(Group.SERIES, row.getString("name"),
          row.getString("thing") + (unit.isBlank() ? "" : ", " + unit),
          row.getString("property") + " " + row.getString("description"), base + "/things/" + row.getInt("thing_id"));
    }).list();
  }

  private String word(String key, Locale locale) {
    return messages.getMessage(key, null, locale);
  }
}
