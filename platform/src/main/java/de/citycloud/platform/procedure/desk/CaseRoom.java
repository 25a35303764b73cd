package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.identity.Staff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.casefile.CaseReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindingResult;
import org.springframework.web.servlet.ModelAndView;

/** What the pages of one case share: opening it, its frame, and what to say if it has moved on meanwhile. */
@Component
class CaseRoom {
  /** Things done, after which the case page says so. */
  private static final Set<String> DONE = Set.of("assigned", "put-back", "noted", "resumed", "requested", "written",
      "filed", "printed", "completed", "decided", "approved", "returned", "corrected", "withdrawn", "handed-over",
      "answered", "objected", "objection-forwarded");

  private final CaseDesk desk;
  private final Staff staff;

  CaseRoom(CaseDesk desk, Staff staff) {
    this.desk = desk;
    this.staff = staff;
  }

  /**
   * The case; reading it is logged.
   *
   * @throws CityProblem {@code case-not-found} (404) if there is none here for the reader
   */
  Opened open(String reference) {
    return CaseReference.parse(reference).flatMap(desk::open)
        .orElseThrow(() -> new CityProblem("case-not-found", HttpStatus.NOT_FOUND,
            """
            There is no case "%s" here, expected one of your offices, e.g. 2026-7K3F-9QXD.
            Maybe it was handed over to another office, or its time is over and it was deleted."""
                .formatted(reference.length() > 40 ? reference.substring(0, 40) + "…" : reference)));
  }

  /** A page about a case. */
  ModelAndView page(String view, Opened opened, HttpStatus status) {
    var page = new ModelAndView("procedure-desk/" + view, status);
    page.addObject("m", CurrentMunicipality.get().slug());
    page.addObject("kase", opened);
    page.addObject("status", opened.status());
    page.addObject("names", staff.namesOf(accountsIn(opened)));
    page.addObject("me", staff.signedIn().map(somebody -> somebody.accountId()).orElse(0));
    page.addObject("section", "desk.title");
    return page;
  }

  /** Where the case stands now. */
  static ModelAndView back(Opened opened, String done) {
    return new ModelAndView("redirect:/%s/desk/%s?done=%s".formatted(CurrentMunicipality.get().slug(),
        opened.status().reference(), done));
  }

  /** Key of what was done, if it is one of ours. */
  static @Nullable String known(@Nullable String done) {
    return done != null && DONE.contains(done) ? done : null;
  }

  /**
   * Does something with a case and goes back to it. If the case has moved on meanwhile, the page says so, with the way to
   * its new state and with what was written, so that nothing is lost; other refusals stand above the form.
   *
   * @param again the form once more
   */
  ModelAndView act(Opened opened, String done, String written, BindingResult errors, Supplier<ModelAndView> again,
      Runnable change) {
    try {
      change.run();
      return back(opened, done);
    } catch (CityProblem problem) {
      if (problem.slug().equals("case-moved-on")) {
        return page("moved-on", open(opened.status().reference().text()), HttpStatus.CONFLICT)
            .addObject("written", written);
      }
      if (!problem.status().is4xxClientError() || problem.status() == HttpStatus.NOT_FOUND) {
        throw problem;
      }
      errors.reject("problem." + problem.slug() + ".text");
      return again.get();
    }
  }

  private static List<Integer> accountsIn(Opened opened) {
    var accounts = new ArrayList<@Nullable Integer>();
    accounts.add(opened.assignee());
    opened.tasks().forEach(task -> accounts.add(task.assignee()));
    opened.decisions().forEach(decision -> {
      accounts.add(decision.account());
      accounts.add(decision.approvedBy());
    });
    opened.internalNotes().forEach(note -> accounts.add(note.account()));
    return accounts.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
