package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionMade;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
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

/** What can happen to a decision that is out: an obvious mistake is corrected, it is taken back. */
@Controller
@RequestMapping("/{municipality}/desk/{reference}")
class DecisionPages {
  private final CaseRoom room;
  private final CaseDesk desk;
  private final DecisionPreview preview;

  DecisionPages(CaseRoom room, CaseDesk desk, DecisionPreview preview) {
    this.room = room;
    this.desk = desk;
    this.preview = preview;
  }

  /** What the forms send. @param step {@code send} once the preview was seen */
  record Change(@Nullable String grounds, @Nullable String conditions, @Nullable String step,
      @Nullable String version) {}

  @GetMapping("/decisions/{decision}/correction")
  ModelAndView correction(@PathVariable String reference, @PathVariable String decision) {
    var opened = room.open(reference);
    var made = decisionOf(opened, decision);
    return page("correct", opened, made, HttpStatus.OK).addObject("form",
        new Change(made.grounds(), made.conditions(), null, "" + opened.version()));
  }

  @PostMapping("/decisions/{decision}/correction")
  ModelAndView correct(@PathVariable String reference, @PathVariable String decision,
      @ModelAttribute("form") Change form, BindingResult errors) {
    var opened = room.open(reference);
    var made = decisionOf(opened, decision);
    if ("edit".equals(form.step)) {
      return page("correct", opened, made, HttpStatus.OK);
    }
    var grounds = Typed.optional(form.grounds, "grounds", errors);
    var conditions = Typed.optional(form.conditions, "conditions", errors);
    if (grounds.equals(made.grounds()) && conditions.equals(made.conditions())) {
      errors.rejectValue("grounds", "desk.correct.same");
    }
    if (errors.hasErrors()) {
      return page("correct", opened, made, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var words = new DecisionWords(made.outcome(), grounds, conditions);
    if (!"send".equals(form.step)) {
      return page("correct", opened, made, HttpStatus.OK).addObject("preview", preview.of(opened, words));
    }
    return room.act(opened, "corrected", grounds + "\n\n" + conditions, errors,
        () -> page("correct", opened, made, HttpStatus.UNPROCESSABLE_CONTENT),
        () -> desk.correct(opened.status().reference(), made.id(), words, Typed.number(form.version, -1)));
  }

  @GetMapping("/decisions/{decision}/withdrawal")
  ModelAndView withdrawal(@PathVariable String reference, @PathVariable String decision) {
    var opened = room.open(reference);
    return page("withdraw", opened, decisionOf(opened, decision), HttpStatus.OK).addObject("form",
        new Change("", null, null, "" + opened.version()));
  }

  @PostMapping("/decisions/{decision}/withdrawal")
  ModelAndView withdraw(@PathVariable String reference, @PathVariable String decision,
      @ModelAttribute("form") Change form, BindingResult errors) {
    var opened = room.open(reference);
    var made = decisionOf(opened, decision);
    var grounds = Typed.required(form.grounds, "grounds", "desk.withdraw", errors);
    if (errors.hasErrors()) {
      return page("withdraw", opened, made, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return room.act(opened, "withdrawn", grounds, errors,
        () -> page("withdraw", opened, made, HttpStatus.UNPROCESSABLE_CONTENT),
        () -> desk.withdrawDecision(opened.status().reference(), made.id(), grounds, Typed.number(form.version, -1)));
  }

  private ModelAndView page(String view, Opened opened, DecisionMade decision, HttpStatus status) {
    return room.page(view, opened, status).addObject("decision", decision);
  }

  private static DecisionMade decisionOf(Opened opened, String number) {
    long id = Typed.number(number, -1);
    return opened.decisions().stream().filter(made -> made.id() == id && made.notifiedAt() != null && !made.withdrawn())
        .findFirst().orElseThrow(() -> new CityProblem("decision-not-found", HttpStatus.NOT_FOUND,
            """
            There is no decision %s in this case that is out and stands.
            Maybe it was taken back meanwhile; open the case again."""
                .formatted(number.length() > 20 ? "with this number" : number)));
  }
}
