package de.citycloud.platform.portal;

import de.citycloud.platform.hub.Histories;
import de.citycloud.platform.hub.Place;
import de.citycloud.platform.hub.PlaceKind;
import de.citycloud.platform.ui.LineChart;
import de.citycloud.platform.ui.PageFormats;
import java.time.Duration;
import java.time.Instant;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * The chosen place with its last 24 hours.
 *
 * @param row name, value, state
 * @param occupiedPercent share of occupied spaces, 0 to 100; null if unknown
 * @param usualPercent what is usual at this hour; null if unknown
 * @param chart drawing of the last 24 hours; null if there are no numbers
 * @param usualDay weekday of the usual line; null if there is none
 * @param gap true if the line has a gap
 */
record PlaceCard(PlaceRow row, @Nullable Long occupiedPercent, @Nullable Long usualPercent, @Nullable String chart,
    @Nullable String usualDay, boolean gap) {
  private static final Duration SPAN = Duration.ofHours(24);
  private static final Duration STEP = Duration.ofMinutes(10);

  static PlaceCard of(PlaceRow row, Instant now, Histories histories, PageFormats formats, MessageSource messages,
      Locale locale) {
    var place = row.place();
    var main = place.main();
    if (main == null || main.time() == null || main.value() == null) {
      return new PlaceCard(row, null, null, null, null, false);
    }
    var usual = histories.findUsual(main.datastreamId());
    var from = now.minus(SPAN);
    var points = histories.list(main.datastreamId(), from, now.plusSeconds(1), STEP).stream()
        .map(sample -> new LineChart.Point(sample.time(), sample.value(), sample.doubtful())).toList();
    var step = main.interval().compareTo(STEP) > 0 ? main.interval() : STEP;
    var gap = step.multipliedBy(2).plusSeconds(1);
    boolean gaps = hasGap(points, gap);
    var line = usual.map(known -> usualLine(known, from, now)).orElse(List.of());
    String drawing = null;
    if (!points.isEmpty()) {
      var description = messages.getMessage("map.chart.alternative", new Object[]{place.name(),
          formats.number(points.stream().mapToDouble(LineChart.Point::value).min().orElse(0), 1),
          formats.number(points.stream().mapToDouble(LineChart.Point::value).max().orElse(0), 1),
          formats.number(main.value(), 1)}, locale);
      drawing = new LineChart(386, 148, from, now, gap, points, line, false, null).svg(description,
          value -> formats.number(value, 2), patterns(messages, locale), locale);
    }
    return new PlaceCard(row, row.state().isFresh() ? percent(place, place.free().orElse(-1)) : null,
        usual.map(known -> known.at(now)).map(range -> percent(place, Math.round(range.middle()))).orElse(null),
        drawing, line.isEmpty()
            ? null
            : now.atZone(PageFormats.ZONE).getDayOfWeek().getDisplayName(TextStyle.FULL, locale),
        gaps);
  }

  private static LineChart.Patterns patterns(MessageSource messages, Locale locale) {
    return new LineChart.Patterns(messages.getMessage("place.axis.hour", null, locale),
        messages.getMessage("place.axis.day", null, locale), messages.getMessage("place.axis.date", null, locale));
  }

  private static boolean hasGap(List<LineChart.Point> points, Duration gap) {
    for (int i = 1; i < points.size(); i++) {
      if (Duration.between(points.get(i - 1).time(), points.get(i).time()).compareTo(gap) > 0) {
        return true;
      }
    }
    return false;
  }

  private static List<LineChart.Usual> usualLine(Histories.Usual usual, Instant from, Instant to) {
    var line = new ArrayList<LineChart.Usual>();
    for (var time = from; !time.isAfter(to); time = time.plus(Duration.ofMinutes(30))) {
      var range = usual.at(time);
      if (range != null) {
        line.add(new LineChart.Usual(time, range.low(), range.middle(), range.high()));
      }
    }
    return line;
  }

  private static @Nullable Long percent(Place place, long free) {
    var capacity = place.capacity();
    return place.kind() != PlaceKind.PARKING || capacity.isEmpty() || free < 0 || place.free().isEmpty()
        ? null
        : Math.clamp(100 - Math.round(100.0 * free / capacity.getAsLong()), 0L, 100L);
  }

  /** What else is known: fee and opening hours as far as the source says them. */
  public Optional<String> fee() {
    return row.place().text("fee");
  }

  /** See {@link #fee()}. */
  public Optional<String> openingHours() {
    return row.place().text("openingHours");
  }
}
