package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.pack.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** For staff: what the origins that we trust offer, the newest version of each procedure. */
@Controller
class CataloguePages {
  private static final int MOST_CHARACTERS = 100;

  private final Municipalities municipalities;
  private final Origins origins;
  private final Publisher publisher;
  private final JdbcClient jdbc;

  CataloguePages(Municipalities municipalities, Origins origins, Publisher publisher, JdbcClient jdbc) {
    this.municipalities = municipalities;
    this.origins = origins;
    this.publisher = publisher;
    this.jdbc = jdbc;
  }

  /** One card. @param originId 0 for ourselves @param adopted whether we use it already */
  record Card(OfferIndex.Entry entry, String origin, long originId, boolean adopted) {}

  @GetMapping("/{municipality}/procedures/catalogue")
  ModelAndView catalogue(@PathVariable("municipality") String slug, @Nullable String q) {
    var asked = Objects.requireNonNullElse(q, "").strip();
    var search = asked.length() > MOST_CHARACTERS ? asked.substring(0, MOST_CHARACTERS) : asked;
    var cards = cards().stream().filter(card -> search.isEmpty() || card.entry.matches(search)).toList();
    return new ModelAndView("procedure/catalogue", Map.of("town", municipalities.getBySlug(slug), "cards", cards,
        "q", search, "trusted", origins.listAll().stream().anyMatch(Origin::isTrusted)));
  }

  private List<Card> cards() {
    var adopted = jdbc.sql("select key from procedure_adoption").query(String.class).list();
    var all = new ArrayList<Card>();
    publisher.find().map(Publisher.Index::document).map(IndexCheck::read)
        .ifPresent(own -> newest(own.packages()).forEach(entry -> all.add(new Card(entry, own.name(), 0,
            adopted.contains(entry.key())))));
    for (var origin : origins.listAll()) {
      if (origin.isTrusted()) {
        newest(origins.offersOf(origin.id())).forEach(entry -> all.add(new Card(entry, origin.name(), origin.id(),
            adopted.contains(entry.key()))));
      }
    }
    all.sort(Comparator.comparing(card -> card.entry.name().de()));
    return all;
  }

  private static List<OfferIndex.Entry> newest(List<OfferIndex.Entry> entries) {
    return entries.stream().filter(entry -> entry.withdrawn() == null)
        .collect(java.util.stream.Collectors.toMap(OfferIndex.Entry::key, entry -> entry,
            java.util.function.BinaryOperator.maxBy(
                Comparator.<OfferIndex.Entry, Version>comparing(OfferIndex.Entry::number))))
        .values().stream().toList();
  }
}
