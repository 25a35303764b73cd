package de.citycloud.platform.cityevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.ui.BrowserTest;
import de.citycloud.platform.ui.PageFormats;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EventsTest extends BrowserTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private CityEvents events;

  private static Instant at(int daysAhead, int hour) {
    return LocalDate.now(PageFormats.ZONE).plusDays(daysAhead).atTime(hour, 0).atZone(PageFormats.ZONE).toInstant();
  }

  private static CityEvent event(String source, String name, Instant from, Instant until, int visitors) {
    return new CityEvent(source, name, "Marktplatz", null, null, from, until, visitors);
  }

  private void publish(Municipality town, CityEvent event) {
    CurrentMunicipality.run(town, () -> events.publish(event));
  }

  @Test
  void anEventIsReplacedBySourceListedWhereItOverlapsAndCancelled() {
    var town = municipalities.ensure("event-store", "Speicherstadt", 9, 48, true);
    publish(town, event("procedure 1", "Fest", at(1, 14), at(1, 22), 180));
    publish(town, event("procedure 1", "Großes Fest", at(1, 15), at(1, 23), 900));
    publish(town, event("procedure 2", "Messe", at(-3, 8), at(3, 18), 0));
    CurrentMunicipality.run(town, () -> {
      assertThat(events.listBetween(at(1, 0), at(2, 0))).extracting(CityEvent::name)
          .containsExactly("Messe", "Großes Fest");
      assertThat(events.listBetween(at(1, 23), at(2, 0))).extracting(CityEvent::name).containsExactly("Messe");
      assertThat(events.listBetween(at(1, 0), at(2, 0)).getLast())
          .isEqualTo(event("procedure 1", "Großes Fest", at(1, 15), at(1, 23), 900));
      events.cancel("procedure 1");
      events.cancel("procedure 1");
      assertThat(events.listBetween(at(1, 0), at(2, 0))).extracting(CityEvent::name).containsExactly("Messe");
    });
    CurrentMunicipality.run(municipalities.ensure("event-other", "Nebenstadt", 9, 48, true),
        () -> assertThat(events.listBetween(at(-30, 0), at(30, 0))).isEmpty());
  }

  @Test
  void whatIsNoEventIsRefusedWithItsValue() {
    var town = municipalities.ensure("event-store", "Speicherstadt", 9, 48, true);
    var begin = at(5, 10);
    for (var wrong : List.of(event("s", " ", begin, at(5, 12), 1), event("s", "x".repeat(201), begin, at(5, 12), 1),
        event("s", "Fest", begin, begin, 1), event("s", "Fest", begin, begin.plus(Duration.ofDays(61)), 1),
        event("s", "Fest", begin, at(5, 12), -1), event("s", "Fest", begin, at(5, 12), 1_000_001),
        new CityEvent("s", "Fest", "Platz", 9.0, null, begin, at(5, 12), 1),
        new CityEvent("s", "Fest", "Platz", Double.NaN, 48.0, begin, at(5, 12), 1))) {
      assertThatThrownBy(() -> publish(town, wrong)).as(wrong.toString()).isInstanceOf(CityProblem.class)
          .hasMessageContaining("expected");
    }
  }

  @Test
  void calendarAndDataAnswerAndRefuse() throws Exception {
    var town = municipalities.ensure("event-data", "Datenstadt", 9, 48, true);
    publish(town, event("procedure 2026-7K3F-9QXD", "Lichterlauf", at(2, 18), at(2, 21), 600));
    try (var visitor = new PageVisitor(port)) {
      var json = visitor.get("/event-data/events.json");
      assertThat(json.statusCode()).isEqualTo(200);
      assertThat(json.body()).contains("\"Lichterlauf\"", "\"expectedVisitors\":600").doesNotContain("7K3F");
      var calendar = visitor.get("/event-data/events.ics");
      assertThat(calendar.headers().firstValue("Content-Type").orElse("")).startsWith("text/calendar");
      assertThat(calendar.body()).contains("SUMMARY:Lichterlauf\r\n", "END:VCALENDAR\r\n").doesNotContain("7K3F");
      for (var wrong : List.of("events.json?from=gestern", "events.json?from=2026-01-01&until=2020-01-01",
          "events.json?from=2026-01-01&until=2030-01-01", "events.json?from=%2B999999999-01-01", "events?when=nie")) {
        assertThat(visitor.get("/event-data/" + wrong).statusCode()).as(wrong).isEqualTo(400);
      }
      assertThat(visitor.get("/event-nowhere/events").statusCode()).isEqualTo(404);
      assertThat(visitor.get("/event-nowhere/events.ics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void thePageTellsWhatIsOnInBothLanguagesAndOnAPhone() {
    var town = municipalities.ensure("event-page", "Festhausen", 9, 48, true);
    publish(town, event("1", "Weihnachtsmarkt <b>am</b> Rathaus", at(0, 0), at(20, 21), 3_000));
    publish(town, event("2", "Abendlauf", at(1, 18), at(1, 20), 400));
    publish(town,
        event("3", "Nachbarschaftsfest in der sehr langen Hindenburgstraßenbahnhaltestellenumgebung", at(9, 14),
            at(9, 22), 80));
    municipalities.ensure("event-empty", "Ruhestadt", 9, 48, true);
    for (var look : List.of(Look.DESKTOP, Look.PHONE, Look.DESKTOP.english(), Look.PHONE.english().inTheDark())) {
      visit(look, "/event-page/events", page -> {
        assertThat(page.locator("h1").count()).isEqualTo(1);
        assertThat(page.locator("main").innerText()).contains("Abendlauf", "Weihnachtsmarkt <b>am</b> Rathaus",
            look.language().equals("de") ? "Morgen" : "Tomorrow");
        assertAccessible(page);
        assertNoSidewaysScrolling(page);
        picture(page, "events-%s-%d".formatted(look.language(), look.width()));
      });
    }
    visit(Look.PHONE.withoutJavaScript(), "/event-page/events?when=tomorrow",
        page -> assertThat(page.locator("main").innerText()).contains("Abendlauf", "Weihnachtsmarkt")
            .doesNotContain("Nachbarschaftsfest"));
    for (var look : List.of(Look.DESKTOP, Look.PHONE.english())) {
      visit(look, "/event-page", page -> {
        assertThat(page.locator(".tonight").innerText()).contains("Weihnachtsmarkt").doesNotContain("Abendlauf");
        assertAccessible(page);
        assertNoSidewaysScrolling(page);
        picture(page, "events-start-%s-%d".formatted(look.language(), look.width()));
      });
    }
    visit(Look.DESKTOP, "/event-empty", page -> assertThat(page.locator(".tonight").count()).isZero());
    visit(Look.DESKTOP, "/event-empty/events?when=week", page -> {
      assertThat(page.locator(".empty").innerText()).contains("Für diese Woche");
      assertAccessible(page);
    });
  }
}
