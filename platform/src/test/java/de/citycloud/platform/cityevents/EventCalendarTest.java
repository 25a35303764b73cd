package de.citycloud.platform.cityevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventCalendarTest {
  private static final Instant SIX = Instant.parse("2027-06-12T16:00:00Z");

  private static CityEvent event(String name, Instant from, Instant until, int visitors) {
    return new CityEvent("procedure 1", name, "Marktplatz, Süd; links", 9.1895, 48.8975, from, until, visitors);
  }

  private static String calendar(String name) {
    return EventCalendar.write("Ludwigsburg", "ludwigsburg",
        List.of(new StoredCityEvents.Listed(7, event(name, SIX, SIX.plusSeconds(7_200), 180), SIX)));
  }

  @Test
  void anEventHasAnIdTimesAndPlace() {
    assertThat(calendar("Fest").replace("\r\n", "\n")).isEqualTo("""
                                                                 BEGIN:VCALENDAR
                                                                 VERSION:2.0
                                                                 PRODID:-//Smart City Cloud//City events//DE
                                                                 CALSCALE:GREGORIAN
                                                                 METHOD:PUBLISH
                                                                 X-WR-CALNAME:Ludwigsburg
                                                                 BEGIN:VEVENT
                                                                 UID:event-7@ludwigsburg.citycloud
                                                                 DTSTAMP:20270612T160000Z
                                                                 DTSTART:20270612T160000Z
                                                                 DTEND:20270612T180000Z
                                                                 SUMMARY:Fest
                                                                 LOCATION:Marktplatz\\, Süd\\; links
                                                                 GEO:48.897500;9.189500
                                                                 END:VEVENT
                                                                 END:VCALENDAR
                                                                 """);
  }

  @Test
  void noLineIsLongerThan75OctetsAndUnfoldingGivesTheTextBack() {
    var name = "Größtes Straßenfest ".repeat(9) + "😀".repeat(20);
    var text = calendar(name);
    assertThat(text.split("\r\n")).allSatisfy(
        line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
    assertThat(text.replace("\r\n ", "")).contains("SUMMARY:" + name + "\r\n");
  }

  @Test
  void aNameCannotBeginALineOfItsOwn() {
    assertThat(calendar("Fest\r\nEND:VCALENDAR\nX:1\rY:2").split("\r\n")).containsOnlyOnce("END:VCALENDAR")
        .noneMatch(line -> line.startsWith("X:1") || line.startsWith("Y:2"));
  }

  @Test
  void eventsStandAtTheirDayAndANightBelongsToTheDayBefore() {
    var first = LocalDate.of(2027, 6, 12);
    var days = EventDays.of(List.of(event("Messe", Instant.parse("2027-06-10T08:00:00Z"), SIX, 20_000),
        event("Tag", Instant.parse("2027-06-11T22:00:00Z"), Instant.parse("2027-06-12T22:00:00Z"), 0),
        event("Nacht", SIX, Instant.parse("2027-06-12T23:30:00Z"), 99),
        event("Lauf", Instant.parse("2027-06-13T08:00:00Z"), Instant.parse("2027-06-14T16:00:00Z"), 1_000)), first,
        first);
    assertThat(days).extracting(EventDays::when).containsExactly("today", "tomorrow");
    assertThat(days.getFirst().events()).extracting(entry -> entry.event().name() + " " + entry.time() + " "
        + entry.visitors()).containsExactly("Messe since crowd", "Tag whole none", "Nacht day few");
    assertThat(days.getLast().events()).extracting(EventDays.Entry::time).containsExactly("days");
  }
}
