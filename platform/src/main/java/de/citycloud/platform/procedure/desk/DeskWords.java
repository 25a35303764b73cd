package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.ui.PageFormats;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** How the desk says deadlines, offices and events, in the language of the page. In templates {@code @deskWords}. */
@Component("deskWords")
class DeskWords {
  private final PageFormats formats;
  private final MessageSource messages;

  DeskWords(PageFormats formats, MessageSource messages) {
    this.formats = formats;
    this.messages = messages;
  }

  /** {@code 3. Dez. 2026}. */
  public String date(LocalDate day) {
    return formats.date(day.atTime(12, 0).atZone(PageFormats.ZONE).toInstant());
  }

  /** A deadline as one reads it at a glance: {@code seit 2 Tagen überfällig}, {@code heute}, {@code noch 4 Tage}. */
  public String due(@Nullable LocalDate due, boolean paused) {
    if (due == null) {
      return text("desk.due.none");
    }
    if (paused) {
      return text("desk.due.paused");
    }
    long days = ChronoUnit.DAYS.between(today(), due);
    return days < 0
        ? text("desk.due.over", -days)
        : days == 0 ? text("desk.due.today") : days == 1 ? text("desk.due.tomorrow") : text("desk.due.days", days);
  }

  /** Which of the looks {@code over}, {@code soon}, {@code calm}, {@code paused}, {@code none} a deadline has. */
  public String urgency(@Nullable LocalDate due, boolean paused) {
    if (due == null || paused) {
      return due == null ? "none" : "paused";
    }
    long days = ChronoUnit.DAYS.between(today(), due);
    return days < 0 ? "over" : days <= 3 ? "soon" : "calm";
  }

  /** What happened, from the words of the event. */
  public String event(String key, List<String> values) {
    var words = messages.getMessage("case.event." + key, values.toArray(), key, LocaleContextHolder.getLocale());
    return Objects.requireNonNullElse(words, key);
  }

  /** Name of an office: ours, one that the package names, or the key where neither is known. */
  public String office(ResolvedProcedure procedure, String key) {
    var other = procedure.pack().offices().get(key);
    return key.equals("own") || key.equals(procedure.office().key())
        ? procedure.office().name()
        : other == null ? key : other.in(LocaleContextHolder.getLocale());
  }

  /** What an office said, in the words of the flow. */
  public String opinion(ResolvedProcedure procedure, String office, String outcome) {
    return procedure.pack().flow().nodes().values().stream()
        .flatMap(node -> node instanceof Flow.Task task && task.kind() == Flow.Task.Kind.HEARING
            && (task.role().equals(office) || task.role().equals("own"))
                ? Optional.ofNullable(task.outcomes().get(outcome)).stream()
                : Stream.empty())
        .findFirst().map(words -> words.in(LocaleContextHolder.getLocale())).orElse(outcome);
  }

  /** Size of a file, e.g. {@code 12 KB}. */
  public String size(long bytes) {
    return bytes < 1_000_000
        ? formats.number(Math.max(1, (bytes + 500) / 1_000)) + " KB"
        : formats.number(bytes / 1_000_000.0, 1) + " MB";
  }

  /** {@code Nov. 2026} for {@code 2026-11}. */
  public String month(String month) {
    return YearMonth.parse(month).format(DateTimeFormatter.ofPattern("MMM yyyy", LocaleContextHolder.getLocale()));
  }

  /** A count of a statistic; where it is not shown, that there are few. */
  public String count(CaseNumbers.Count count) {
    return count.shown() ? formats.number(count.value()) : text("desk.statistics.few", CaseNumbers.THRESHOLD);
  }

  LocalDate today() {
    return LocalDate.now(PageFormats.ZONE);
  }

  private String text(String key, Object... values) {
    return messages.getMessage(key, values, LocaleContextHolder.getLocale());
  }
}
