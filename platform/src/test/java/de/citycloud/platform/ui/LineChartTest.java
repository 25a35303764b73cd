package de.citycloud.platform.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineChartTest {
  private static final Instant FROM = Instant.parse("2026-11-20T00:00:00Z");
  private static final LineChart.Patterns PATTERNS = new LineChart.Patterns("H 'Uhr'", "EE d.", "d. MMM");

  /** Draws one value an hour; NaN is a missing one, a value in the second list is doubtful. */
  private static String draw(List<Double> values, List<Double> doubtful) {
    var points = new ArrayList<LineChart.Point>();
    for (int hour = 0; hour < values.size(); hour++) {
      points.add(new LineChart.Point(FROM.plusSeconds(3600L * hour), values.get(hour), doubtful.contains(
          values.get(hour))));
    }
    return new LineChart(640, 240, FROM, FROM.plusSeconds(86_400), Duration.ofMinutes(90), points, List.of(), true,
        null).svg("Linie", value -> Double.toString(value), PATTERNS, Locale.GERMAN);
  }

  private static int count(String svg, String kind) {
    return (int) Pattern.compile("class=\"" + kind + "\"").matcher(svg).results().count();
  }

  @Test
  void aGapIsDottedAndTheLineBreaks() {
    var svg = draw(List.of(1.0, 2.0, Double.NaN, Double.NaN, 3.0, 4.0), List.of());
    assertThat(count(svg, "chart__gap")).isEqualTo(1);
    var line = svg.substring(svg.indexOf("chart__line"));
    assertThat(line.substring(0, line.indexOf("/>")).chars().filter(c -> c == 'M').count()).isEqualTo(2);
  }

  @Test
  void aDoubtfulValueIsHollowAndOffTheLine() {
    var svg = draw(List.of(1.0, 99.0, 2.0), List.of(99.0));
    assertThat(count(svg, "chart__doubtful")).isEqualTo(1);
    assertThat(count(svg, "chart__last")).isEqualTo(1);
  }

  @Test
  void aSingleValueIsADot() {
    assertThat(count(draw(List.of(7.0), List.of()), "chart__dot")).isEqualTo(1);
    assertThat(count(draw(List.of(1.0, Double.NaN, 5.0, Double.NaN, 3.0, 2.0), List.of()), "chart__dot")).isEqualTo(2);
  }

  @Test
  void noValueIsAnEmptyFrame() {
    var svg = draw(List.of(), List.of());
    assertThat(count(svg, "chart__line")).isZero();
    assertThat(count(svg, "chart__axis")).isPositive();
  }

  @Test
  void anyNumbersStayInsideTheFrame() {
    long seed = 20261123;
    var random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      double size = Math.pow(10, random.nextInt(-300, 308));
      var values = random.doubles(random.nextInt(1, 24), -size, size).boxed().toList();
      assertInside(draw(values, List.of()), "seed " + seed + ", round " + round);
    }
    assertInside(draw(List.of(5.0, 5.0, 5.0), List.of()), "constant");
    assertInside(draw(List.of(0.0, 0.0), List.of()), "zero");
    assertInside(draw(List.of(-12.0, -3.5), List.of()), "negative");
    assertInside(draw(List.of(Double.MAX_VALUE, -Double.MAX_VALUE), List.of()), "huge");
    assertInside(draw(List.of(Double.MIN_VALUE, 0.0), List.of()), "tiny");
    assertInside(draw(List.of(Double.POSITIVE_INFINITY, 1.0), List.of()), "infinite");
  }

  private static void assertInside(String svg, String what) {
    assertThat(svg).as(what).doesNotContain("NaN", "Infinity\" c", "y1=\"I");
    Pattern.compile("c?y[12]?=\"(-?[0-9.]+)\"").matcher(svg).results()
        .forEach(match -> assertThat(Double.parseDouble(match.group(1))).as(what).isBetween(0.0, 240.0));
  }

  @Test
  void ticksAreRoundNumbersAroundTheValues() {
    assertThat(scale(3.0, 58.0)).containsExactly(0.0, 20.0, 40.0, 60.0);
    assertThat(scale(18.2, 23.9)).containsExactly(18.0, 20.0, 22.0, 24.0);
    assertThat(scale(-4.0, 3.0)).containsExactly(-5.0, 0.0, 5.0);
  }

  private static List<Double> scale(double low, double high) {
    return LineChart.Scale.of(List.of(new LineChart.Point(FROM, low, false), new LineChart.Point(FROM, high, false)),
        List.of(), 3).ticks();
  }

  @Test
  void wordsCannotBecomeMarkup() {
    var svg = new LineChart(640, 240, FROM, FROM.plusSeconds(60), Duration.ofHours(1), List.of(), List.of(), true, null)
        .svg("\"><script>", value -> "<b>", PATTERNS, Locale.GERMAN);
    assertThat(svg).doesNotContain("<script", "<b>");
  }
}
