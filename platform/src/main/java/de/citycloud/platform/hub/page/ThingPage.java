package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.Histories;
import de.citycloud.platform.hub.Place;
import de.citycloud.platform.hub.Places;
import de.citycloud.platform.hub.Reading;
import de.citycloud.platform.hub.page.Series.Standing;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.ui.LineChart;
import de.citycloud.platform.ui.PageFormats;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of one Thing: its last value, its history, how good the data are and how to take them along. */
@Controller
class ThingPage {
  private static final int FIRST_ROWS = 12;
  private static final int GAPS = 4;
  private final Municipalities municipalities;
  private final Places places;
  private final JdbcReadings readings;
  private final Histories histories;
  private final PageFormats formats;
  private final MessageSource messages;

  ThingPage(Municipalities municipalities, Places places, JdbcReadings readings, Histories histories,
      PageFormats formats, MessageSource messages) {
    this.municipalities = municipalities;
    this.places = places;
    this.readings = readings;
    this.histories = histories;
    this.formats = formats;
    this.messages = messages;
  }

  /**
   * A line of the table.
   *
   * @param time in words
   * @param value in words
   * @param usual range in words; empty if unknown
   * @param doubtful true if the value may be wrong
   */
  record Line(String time, String value, String usual, boolean doubtful) {}

  @GetMapping("/{municipality}/things/{id}")
  String thing(@PathVariable("municipality") String slug, @PathVariable("id") String id,
      @RequestParam(name = "datastream", required = false) @Nullable String datastream,
      @RequestParam(name = "span", defaultValue = "") String asked, Locale locale, Model model) {
    var town = municipalities.getBySlug(slug);
    var place = number(id).flatMap(places::find).orElseThrow(() -> new CityProblem("thing-not-found",
        HttpStatus.NOT_FOUND, """
                              Thing "%s" is not here, expected the number of a Thing of this municipality.
                              Maybe it was taken down; the map shows all that are there.\
                              """.formatted(id.length() > 40 ? id.substring(0, 40) + "…" : id)));
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var all = readings.list(place.id());
    var reading = all.stream().filter(one -> String.valueOf(one.datastreamId()).equals(datastream)).findFirst()
        .or(() -> all.stream().findFirst()).orElse(null);
    model.addAttribute("section", "map.area");
    model.addAttribute("town", town);
    model.addAttribute("place", place);
    model.addAttribute("readings", all);
    model.addAttribute("reading", reading);
    model.addAttribute("spans", Span.values());
    if (reading != null) {
      show(reading, place, Span.find(asked).orElseGet(() -> usualSpan(reading)), now, locale, model);
    }
    return "hub/thing";
  }

  private static Optional<Integer> number(String id) {
    try {
      return Optional.of(Integer.valueOf(id));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Span usualSpan(Reading reading) {
    return reading.interval().compareTo(Duration.ofMinutes(30)) >= 0 ? Span.WEEK : Span.DAY;
  }

  private void show(Reading reading, Place place, Span span, Instant now, Locale locale, Model model) {
    var step = span.stepFor(reading.interval());
    var from = now.minus(span.length());
    var usual = histories.findUsual(reading.datastreamId()).orElse(null);
    var series = new Series(from, now, step.isZero() ? reading.interval() : step,
        histories.list(reading.datastreamId(), from, now.plusSeconds(1), step), usual);
    boolean old = reading.isOldAt(now);
    var value = reading.value();
    var time = reading.time();
    var standing = old || value == null || time == null ? null : series.standing(time, value);
    model.addAttribute("span", span);
    model.addAttribute("old", old);
    model.addAttribute("value", value == null ? reading.text() : words(value));
    model.addAttribute("standing", standing);
    model.addAttribute("usual", time == null ? "" : range(series, time));
    model.addAttribute("step", step.isZero() ? "single" : step.equals(Duration.ofHours(1)) ? "hour" : "minutes");
    model.addAttribute("series", series);
    model.addAttribute("message", title(series, standing, reading, span, locale));
    model.addAttribute("gaps", series.gaps().stream().limit(GAPS).toList());
    model.addAttribute("from", from);
    model.addAttribute("to", now.plusSeconds(1));
    model.addAttribute("monthAgo", now.minus(30, ChronoUnit.DAYS));
    model.addAttribute("top", Math.max(1, Math.min(1_000, series.samples().size())));
    model.addAttribute("withUsual", series.usual() != null);
    lines(series, span, model);
    if (!series.samples().isEmpty()) {
      var description = describe(series, reading, place, span, locale);
      var label = series.sound().isEmpty() ? null : words(series.sound().getLast().value());
      model.addAttribute("chart", chart(series, 776, 320, label).svg(description, this::words, patterns(locale),
          locale));
      model.addAttribute("chartNarrow", chart(series, 344, 240, null).svg(description, this::words, patterns(locale),
          locale));
    }
  }

  private String title(Series series, @Nullable Standing standing, Reading reading, Span span, Locale locale) {
    var since = series.since();
    if (standing == null || since == null || standing == Standing.USUAL) {
      return messages.getMessage(standing == null ? "thing.title.plain" : "thing.title.usual",
          new Object[]{reading.name(), messages.getMessage("thing.span." + span.key(), null, locale)}, locale);
    }
    return messages.getMessage("thing.title." + standing.name().toLowerCase(Locale.ROOT),
        new Object[]{reading.name(), formats.moment(since)}, locale);
  }

  private void lines(Series series, Span span, Model model) {
    var lines = new ArrayList<Line>();
    for (var sample : series.samples().reversed()) {
      lines.add(new Line(span == Span.DAY ? formats.clock(sample.time()) : formats.moment(sample.time()),
          words(sample.value()), range(series, sample.time()), sample.doubtful()));
    }
    model.addAttribute("lines", lines.stream().limit(FIRST_ROWS).toList());
    model.addAttribute("moreLines", lines.stream().skip(FIRST_ROWS).toList());
  }

  private String range(Series series, Instant time) {
    var range = series.usualAt(time);
    return range == null
        ? ""
        : messages.getMessage("thing.range", new Object[]{words(range.low()), words(range.high())},
            org.springframework.context.i18n.LocaleContextHolder.getLocale());
  }

  private String words(double value) {
    double size = Math.abs(value);
    return size >= 1e9 || size > 0 && size < 1e-3
        ? String.format(Locale.ROOT, "%.3g", value)
        : formats.number(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
  }

  private String describe(Series series, Reading reading, Place place, Span span, Locale locale) {
    var values = series.sound().stream().mapToDouble(Histories.Sample::value).summaryStatistics();
    return messages.getMessage("thing.chart.alternative", new Object[]{reading.name(), place.name(),
        messages.getMessage("thing.span." + span.key(), null, locale),
        values.getCount() == 0 ? "–" : words(values.getMin()), values.getCount() == 0 ? "–" : words(values.getMax()),
        reading.unitForPeople(), series.gaps().size(), series.doubtful().size()}, locale);
  }

  private static LineChart chart(Series series, int width, int height, @Nullable String label) {
    var usual = new ArrayList<LineChart.Usual>();
    for (var time = series.from().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS); time
        .isBefore(series.to()); time = time.plus(1, ChronoUnit.HOURS)) {
      var range = series.usualAt(time);
      if (range != null) {
        usual.add(new LineChart.Usual(time, range.low(), range.middle(), range.high()));
      }
    }
    List<LineChart.Point> points = series.samples().stream()
        .map(sample -> new LineChart.Point(sample.time(), sample.value(), sample.doubtful())).toList();
    return new LineChart(width, height, series.from(), series.to(), series.gapAfter(), points, usual, true, label);
  }

  private LineChart.Patterns patterns(Locale locale) {
    return new LineChart.Patterns(messages.getMessage("place.axis.hour", null, locale),
        messages.getMessage("place.axis.day", null, locale), messages.getMessage("place.axis.date", null, locale));
  }
}
