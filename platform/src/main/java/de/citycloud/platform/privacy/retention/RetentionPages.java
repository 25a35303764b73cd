package de.citycloud.platform.privacy.retention;

import de.citycloud.platform.privacy.LegalHolds;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Retention for the data protection officer: what ends when, what is due (a dry run), the log, and legal holds. */
@Controller
@RequestMapping("/{municipality}/data-protection/retention")
class RetentionPages {
  private final Retention retention;
  private final LegalHolds holds;

  RetentionPages(Retention retention, LegalHolds holds) {
    this.retention = retention;
    this.holds = holds;
  }

  /** What the form sends: a rule, or the id of a person, and why. */
  record NewHold(@Nullable String rule, @Nullable String person, @Nullable String reason) {}

  /** A rule as the page shows it; the period in the largest unit that is exact. */
  public record Row(String rule, String unit, long count, long due, boolean held) {
    static Row of(Retention.Due due) {
      var period = due.period();
      if (period.toDays() > 0 && period.equals(Duration.ofDays(period.toDays()))) {
        return period.toDays() % 365 == 0
            ? new Row(due.rule(), "years", period.toDays() / 365, due.due(), due.held())
            : new Row(due.rule(), "days", period.toDays(), due.due(), due.held());
      }
      return new Row(due.rule(), "minutes", period.toMinutes(), due.due(), due.held());
    }
  }

  @GetMapping
  ModelAndView page() {
    return page(HttpStatus.OK).addObject("newHold", new NewHold("", "", ""));
  }

  @PostMapping("/run")
  String run(@PathVariable String municipality) {
    retention.runHere(Instant.now());
    return "redirect:/" + municipality + "/data-protection/retention#log";
  }

  @PostMapping("/holds")
  ModelAndView hold(@PathVariable String municipality, @ModelAttribute("newHold") NewHold form, BindingResult errors) {
    var rule = Objects.requireNonNullElse(form.rule, "");
    var person = Objects.requireNonNullElse(form.person, "").strip();
    var reason = Objects.requireNonNullElse(form.reason, "").strip();
    boolean known = retention.rules().stream().anyMatch(one -> one.key().equals(rule));
    if (rule.isEmpty() == person.isEmpty() || !rule.isEmpty() && !known) {
      errors.rejectValue("rule", "privacy.hold.one");
    } else if (!person.isEmpty() && !person.matches("account:\\d{1,9}")) {
      errors.rejectValue("person", "privacy.hold.person.form");
    }
    if (reason.isEmpty() || reason.length() > 500) {
      errors.rejectValue("reason", "privacy.hold.reason.form");
    }
    if (errors.hasErrors()) {
      return page(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    if (person.isEmpty()) {
      holds.holdRule(rule, reason);
    } else {
      holds.holdPerson(new Person(person), reason);
    }
    return new ModelAndView("redirect:/" + municipality + "/data-protection/retention#holds");
  }

  @PostMapping("/holds/{id}/lift")
  String lift(@PathVariable String municipality, @PathVariable int id) {
    holds.lift(id);
    return "redirect:/" + municipality + "/data-protection/retention#holds";
  }

  private ModelAndView page(HttpStatus status) {
    var kinds = new LinkedHashMap<String, String>();
    retention.rules().forEach(rule -> kinds.put(rule.key(), "retention." + rule.key() + ".what"));
    return new ModelAndView("privacy/retention", Map.of("rules",
        retention.preview(Instant.now()).stream().map(Row::of).toList(), "runs", retention.listRuns(50), "holds",
        holds.listAll(), "kinds", kinds), status);
  }
}
