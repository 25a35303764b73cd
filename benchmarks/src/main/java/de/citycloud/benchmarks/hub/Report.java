package de.citycloud.benchmarks.hub;

import de.citycloud.benchmarks.hub.Load.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of one run, printed as they come and kept as a table with date and machine. */
public final class Report {
  private final List<String> rows = new ArrayList<>();
  private final int seconds;

  /** @param seconds a figure */
  public Report(int seconds) {
    this.seconds = seconds;
  }

  /** Says on the way what is done now. */
  public void progress(String what) {
    System.err.println("… " + what);
  }

  /** One number. */
  public void note(String what, double value, String unit, String target) {
    add(what, number(value) + " " + unit, "", "", target);
  }

  /** What raw PostgreSQL does. */
  public void yardstick(String what, Figure figure) {
    add(what, number(figure.perSecond()) + " /s", times(figure), "1", "yardstick");
  }

  /** A rate beside the yardstick. */
  public void compare(String what, Figure figure, Figure yardstick, String target) {
    var failed = figure.failures() > 0 ? ", %,d failed".formatted(figure.failures()) : "";
    add(what, number(figure.perSecond()) + " /s" + failed, times(figure),
        String.format(Locale.ROOT, "%.2f", figure.perSecond() / yardstick.perSecond()), target);
  }

  /** Pages, by the time that 95 of 100 answers took. @param cpuMillis of program and store for each answer */
  public void pages(String what, Figure figure, double cpuMillis, String target) {
    var failed = figure.failures() > 0 ? ", %,d failed".formatted(figure.failures()) : "";
    add(what, String.format(Locale.ROOT, "p95 %.1f ms at %s /s, CPU %.1f ms each", figure.p95Millis(),
        number(figure.perSecond()), cpuMillis) + failed, times(figure), "", target);
  }

  private void add(String what, String value, @Nullable String times, String ratio, String target) {
    var row = "| %s | %s | %s | %s | %s |".formatted(what, value, times, ratio, target);
    rows.add(row);
    System.out.println(row);
  }

  private static String times(Figure figure) {
    return String.format(Locale.ROOT, "%.1f / %.1f", figure.p50Millis(), figure.p99Millis());
  }

  private static String number(double value) {
    return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.1f", value);
  }

  /** Writes the table to {@code folder/name-date.md}. */
  public void write(Path folder, String name) throws IOException {
    var machine = "%d cores, %s, Java %s, %s".formatted(Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"), System.getProperty("java.version"),
        processor());
    var text = """
               # %s, %s

               Machine: %s. Client, program and PostgreSQL share it. %d s a figure after 3 s of warming up.
               The last column but one is the ratio to the yardstick of the same run.

               | what | figure | p50 / p99 ms | ratio | target |
               |---|---|---|---|---|
               %s
               """.formatted(name, LocalDate.now(), machine, seconds, String.join("\n", rows));
    Files.createDirectories(folder);
    var file = folder.resolve(name + "-" + LocalDate.now() + ".md");
    Files.writeString(file, text);
    System.err.println("Kept in " + file);
  }

  private static String processor() throws IOException {
    var info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(info)) {
      return lines.filter(line -> line.startsWith("model name")).findFirst().map(line -> line.replaceFirst(".*: ", ""))
          .orElse(System.getProperty("os.arch"));
    }
  }
}
