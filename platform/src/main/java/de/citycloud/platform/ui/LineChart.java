package de.citycloud.platform.ui;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Draws one series over time as SVG, for pages that must work without JavaScript. Gaps stay gaps (dotted), doubtful
 * values are hollow and off the line, what is usual is grey. All looks come from the classes {@code chart__…}.
 *
 * @param width of the drawing, in px, 200 to 2000
 * @param height of the drawing, in px, 80 to 1000
 * @param from left edge
 * @param to right edge, later than from
 * @param gap two values further apart than this have a gap between them
 * @param points the series, oldest first
 * @param usual what is usual, oldest first; empty if unknown
 * @param band true to draw the usual as a band, false as a dashed line
 * @param lastLabel words beside the last value; null for none
 */
public record LineChart(int width, int height, Instant from, Instant to, Duration gap, List<Point> points,
    List<Usual> usual, boolean band, @Nullable String lastLabel) {
  /** A value; a doubtful one is no part of the line. */
  public record Point(Instant time, double value, boolean doubtful) {}

  /** What is usual from a time on, until the next one or for an hour. */
  public record Usual(Instant time, double low, double middle, double high) {}

  /** How the language writes hours, days and dates on the axis, as patterns of {@link DateTimeFormatter}. */
  public record Patterns(String hour, String day, String date) {}

  private static final int LEFT = 44;
  private static final int TOP = 14;
  private static final int BOTTOM = 26;
  private static final int LABEL = 86;

  public LineChart {
    points = points.stream().filter(point -> Double.isFinite(point.value())).toList();
    usual = List.copyOf(usual);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("The chart goes from %s to %s, expected an end after its start."
          .formatted(from, to));
    }
  }

  /**
   * The drawing as an {@code svg} element.
   *
   * @param description what somebody who does not see it needs to know
   * @param numbers writes numbers on the axis
   */
  public String svg(String description, DoubleFunction<String> numbers, Patterns patterns, Locale locale) {
    var scale = Scale.of(points, usual, Math.max(2, (height - TOP - BOTTOM) / 48));
    var svg = new StringBuilder(4_096);
    svg.append("<svg class=\"chart\" role=\"img\" viewBox=\"0 0 ").append(width).append(' ').append(height)
        .append("\" aria-label=\"").append(escape(description)).append("\">");
    grid(svg, scale, numbers);
    times(svg, patterns, locale);
    drawUsual(svg, scale);
    drawLine(svg, scale);
    drawDoubtful(svg, scale);
    drawLast(svg, scale);
    return svg.append("</svg>").toString();
  }

  private double right() {
    return width - (lastLabel == null ? 8 : LABEL);
  }

  private double x(Instant time) {
    double share = (double) Duration.between(from, time).toMillis() / Duration.between(from, to).toMillis();
    return LEFT + Math.clamp(share, 0, 1) * (right() - LEFT);
  }

  private double y(Scale scale, double value) {
    return TOP + (1 - scale.share(value)) * (height - TOP - BOTTOM);
  }

  private void grid(StringBuilder svg, Scale scale, DoubleFunction<String> numbers) {
    for (double value : scale.ticks()) {
      double y = y(scale, value);
      svg.append("<line class=\"chart__grid\" x1=\"").append(LEFT).append("\" x2=\"").append(number(right()))
          .append("\" y1=\"").append(number(y)).append("\" y2=\"").append(number(y)).append("\"/>");
      text(svg, "chart__tick", "end", LEFT - 7, y + 4.5, numbers.apply(value));
    }
    double floor = height - BOTTOM;
    svg.append("<line class=\"chart__axis\" x1=\"").append(LEFT).append("\" x2=\"").append(number(right()))
        .append("\" y1=\"").append(number(floor)).append("\" y2=\"").append(number(floor)).append("\"/>");
  }

  private void times(StringBuilder svg, Patterns patterns, Locale locale) {
    var hours = Duration.between(from, to).toHours();
    int room = (int) Math.max(2, (right() - LEFT) / 62);
    var start = from.atZone(PageFormats.ZONE);
    var tick = hours <= 48
        ? start.truncatedTo(java.time.temporal.ChronoUnit.HOURS)
        : start.toLocalDate().atStartOfDay(PageFormats.ZONE);
    long step = hours <= 48
        ? List.of(1L, 2L, 3L, 6L, 12L).stream().filter(s -> hours / s <= room).findFirst().orElse(24L)
        : List.of(1L, 2L, 5L, 7L, 10L, 14L, 30L).stream().filter(s -> hours / 24 / s <= room).findFirst().orElse(90L);
    var format = DateTimeFormatter.ofPattern(hours <= 48
        ? patterns.hour()
        : hours <= 24 * 10 ? patterns.day() : patterns.date(), locale);
    for (; tick.toInstant().isBefore(to); tick = hours <= 48 ? tick.plusHours(1) : tick.plusDays(1)) {
      if (tick.toInstant().isAfter(from) && isOnStep(tick, hours <= 48, step)) {
        double x = x(tick.toInstant());
        svg.append("<line class=\"chart__axis\" x1=\"").append(number(x)).append("\" x2=\"").append(number(x))
            .append("\" y1=\"").append(height - BOTTOM).append("\" y2=\"").append(height - BOTTOM + 5).append("\"/>");
        if (x < right() - 18) {
          text(svg, "chart__tick", x < LEFT + 18 ? "start" : "middle", x, height - 6, tick.format(format));
        }
      }
    }
  }

  private static boolean isOnStep(ZonedDateTime tick, boolean hourly, long step) {
    if (hourly) {
      return tick.getHour() % step == 0;
    }
    return step == 7 ? tick.getDayOfWeek() == DayOfWeek.MONDAY : tick.toLocalDate().toEpochDay() % step == 0;
  }

  private void drawUsual(StringBuilder svg, Scale scale) {
    for (var run : runs()) {
      var upper = new StringBuilder();
      var lower = new StringBuilder();
      for (int i = 0; i < run.size(); i++) {
        var at = run.get(i);
        upper.append(i == 0 ? 'M' : 'L').append(point(at.time(), scale, band ? at.high() : at.middle()));
        lower.insert(0, "L" + point(at.time(), scale, at.low()));
      }
      svg.append("<path class=\"").append(band ? "chart__band" : "chart__usual").append("\" d=\"").append(upper)
          .append(band ? lower.append('Z') : "").append("\"/>");
    }
  }

  private List<List<Usual>> runs() {
    var runs = new ArrayList<List<Usual>>();
    var run = new ArrayList<Usual>();
    for (var at : usual) {
      if (!run.isEmpty() && Duration.between(run.getLast().time(), at.time()).toMinutes() > 90) {
        runs.add(List.copyOf(run));
        run.clear();
      }
      run.add(at);
    }
    if (run.size() > 1) {
      runs.add(run);
    }
    return runs.stream().filter(all -> all.size() > 1).toList();
  }

  private String point(Instant time, Scale scale, double value) {
    return number(x(time)) + " " + number(y(scale, value));
  }

  private void drawLine(StringBuilder svg, Scale scale) {
    var line = new StringBuilder();
    var gaps = new StringBuilder();
    Point last = null;
    int run = 0;
    for (var point : points) {
      if (point.doubtful()) {
        continue;
      }
      boolean broken = last != null && Duration.between(last.time(), point.time()).compareTo(gap) > 0;
      if (last != null && broken) {
        gaps.append('M').append(point(last.time(), scale, last.value())).append('L')
            .append(point(point.time(), scale, point.value()));
      }
      if ((broken || last == null) && run == 1 && last != null) {
        alone(svg, scale, last);
      }
      run = broken || last == null ? 1 : run + 1;
      line.append(run == 1 ? 'M' : 'L').append(point(point.time(), scale, point.value()));
      last = point;
    }
    if (run == 1 && last != null) {
      alone(svg, scale, last);
    }
    if (!gaps.isEmpty()) {
      svg.append("<path class=\"chart__gap\" d=\"").append(gaps).append("\"/>");
    }
    if (!line.isEmpty()) {
      svg.append("<path class=\"chart__line\" d=\"").append(line).append("\"/>");
    }
  }

  /** A value with a gap on both sides would have no line to stand on. */
  private void alone(StringBuilder svg, Scale scale, Point point) {
    dot(svg, "chart__dot", 2.2, scale, point);
  }

  private void dot(StringBuilder svg, String kind, double radius, Scale scale, Point point) {
    svg.append("<circle class=\"").append(kind).append("\" r=\"").append(radius).append("\" cx=\"")
        .append(number(x(point.time()))).append("\" cy=\"").append(number(y(scale, point.value()))).append("\"/>");
  }

  private void drawDoubtful(StringBuilder svg, Scale scale) {
    points.stream().filter(Point::doubtful).forEach(point -> dot(svg, "chart__doubtful", 4.5, scale, point));
  }

  private void drawLast(StringBuilder svg, Scale scale) {
    var sound = points.stream().filter(point -> !point.doubtful()).toList();
    if (sound.isEmpty()) {
      return;
    }
    var last = sound.getLast();
    dot(svg, "chart__last", 4.5, scale, last);
    if (lastLabel != null) {
      text(svg, "chart__label", "start", Math.min(x(last.time()) + 10, right() + 10), y(scale, last.value()) + 5,
          lastLabel);
    }
  }

  private static void text(StringBuilder svg, String kind, String anchor, double x, double y, String words) {
    svg.append("<text class=\"").append(kind).append("\" text-anchor=\"").append(anchor).append("\" x=\"")
        .append(number(x)).append("\" y=\"").append(number(y)).append("\">").append(escape(words)).append("</text>");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }

  /** Round numbers from below the least to above the greatest value. */
  record Scale(double low, double high, List<Double> ticks) {
    static Scale of(List<Point> points, List<Usual> usual, int wanted) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (var point : points) {
        low = Math.min(low, point.value());
        high = Math.max(high, point.value());
      }
      for (var at : usual) {
        low = Math.min(low, at.low());
        high = Math.max(high, at.high());
      }
      if (low > high) {
        low = 0;
        high = 1;
      }
      if (low >= 0 && low <= 0.5 * high || low == 0 && high == 0) {
        low = 0;
      }
      if (high - low <= Math.max(Math.abs(low), Math.abs(high)) * 1e-12) {
        double room = high == 0 ? 1 : Math.abs(high) * 0.1;
        low = low == 0 ? 0 : low - room;
        high += room;
      }
      // Halves first: the difference of two huge numbers may be infinite.
      double step = round((high / 2 - low / 2) / wanted * 2);
      if (!(step > 0) || Double.isInfinite(step)) {
        return new Scale(low, high, List.of(low, high));
      }
      var ticks = new ArrayList<Double>();
      double first = Math.floor(low / step);
      double last = Math.ceil(high / step);
      for (double i = first; i <= last && ticks.size() < 20; i++) {
        ticks.add(i * step);
      }
      return new Scale(ticks.getFirst(), ticks.getLast(), ticks);
    }

    /** The next step of 1, 2 or 5 times a power of ten. */
    private static double round(double step) {
      double power = Math.pow(10, Math.floor(Math.log10(step)));
      double lead = step / power;
      return power * (lead <= 1.0000001 ? 1 : lead <= 2.0000001 ? 2 : lead <= 5.0000001 ? 5 : 10);
    }

    double share(double value) {
      double share = (value / 2 - low / 2) / (high / 2 - low / 2);
      return Double.isFinite(share) ? Math.clamp(share, 0, 1) : 0.5;
    }
  }
}
