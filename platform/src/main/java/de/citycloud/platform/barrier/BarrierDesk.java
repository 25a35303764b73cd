package de.citycloud.platform.barrier;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.privacy.Erasures;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** For staff: reports of barriers, the most urgent first, and their answer. */
@Controller
@RequestMapping("/{municipality}/barrier-reports")
class BarrierDesk {
  private static final String REPORT = "barrier/report";

  private final Municipalities municipalities;
  private final BarrierReports reports;
  private final Erasures erasures;

  BarrierDesk(Municipalities municipalities, BarrierReports reports, Erasures erasures) {
    this.municipalities = municipalities;
    this.reports = reports;
    this.erasures = erasures;
  }

  /** What the form sends. */
  record Answer(@Nullable String answer) {}

  @GetMapping
  ModelAndView list(@PathVariable("municipality") String slug) {
    return new ModelAndView("barrier/list", Map.of("town", municipalities.getBySlug(slug), "reports", reports.list()));
  }

  @GetMapping("/{id}")
  ModelAndView report(@PathVariable("municipality") String slug, @PathVariable("id") long id) {
    return page(slug, id).addObject("newAnswer", new Answer(""));
  }

  @PostMapping("/{id}")
  ModelAndView answer(@PathVariable("municipality") String slug, @PathVariable("id") long id,
      @ModelAttribute("newAnswer") Answer form, BindingResult errors) {
    var words = Objects.requireNonNullElse(form.answer, "").replace("\u0000", "").strip();
    if (words.isEmpty() || words.length() > 8_000) {
      errors.rejectValue("answer", "barrier.answer.form");
      var again = page(slug, id);
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    reports.answer(get(id), words);
    return new ModelAndView("redirect:/" + municipalities.getBySlug(slug).slug() + "/barrier-reports/" + id);
  }

  /** Whoever reported has no account, so staff does it when they ask. */
  @PostMapping("/{id}/erase")
  String erase(@PathVariable("municipality") String slug, @PathVariable("id") long id) {
    erasures.erase(get(id).person());
    return "redirect:/" + municipalities.getBySlug(slug).slug() + "/barrier-reports";
  }

  private ModelAndView page(String slug, long id) {
    var report = get(id);
    return new ModelAndView(REPORT, Map.of("town", municipalities.getBySlug(slug), "report", report, "words",
        reports.wordsOf(report), "section", "barrier.desk"));
  }

  private BarrierReport get(long id) {
    return reports.find(id).orElseThrow(() -> new CityProblem("barrier-report-not-found", HttpStatus.NOT_FOUND,
        """
        Report %d is not here, expected one of this municipality.
        Maybe its year after the answer is over.""".formatted(id)));
  }

  /** The link for those who answer. */
  @Component
  static class BarrierNavigation implements Navigation {
    @Override
    public List<NavigationItem> itemsFor(Municipality municipality) {
      var somebody = SecurityContextHolder.getContext().getAuthentication();
      return somebody != null && somebody.getAuthorities().stream()
          .anyMatch(authority -> "MAY_MANAGE_MESSAGES".equals(authority.getAuthority()))
              ? List.of(new NavigationItem(NavigationItem.Place.STAFF, 57, "barrier.desk",
                  "/" + municipality.slug() + "/barrier-reports"))
              : List.of();
    }
  }
}
