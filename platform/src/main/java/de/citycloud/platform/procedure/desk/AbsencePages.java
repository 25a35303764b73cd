package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.identity.Permission;
import de.citycloud.platform.identity.Staff;
import de.citycloud.platform.identity.Staff.Colleague;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.CaseDesk.Substitution;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Who is away, and who looks after their cases meanwhile. */
@Controller
@RequestMapping("/{municipality}/desk/substitutes")
class AbsencePages {
  private final CaseDesk desk;
  private final Staff staff;
  private final DeskWords words;

  AbsencePages(CaseDesk desk, Staff staff, DeskWords words) {
    this.desk = desk;
    this.staff = staff;
    this.words = words;
  }

  /** What the form sends. */
  record Absence(@Nullable String away, @Nullable String substitute, @Nullable String fromDay,
      @Nullable String fromMonth, @Nullable String fromYear, @Nullable String untilDay, @Nullable String untilMonth,
      @Nullable String untilYear) {}

  @GetMapping
  ModelAndView show(@Nullable String done) {
    return page(HttpStatus.OK).addObject("form", new Absence("" + me(), "", "", "", "", "", "", ""))
        .addObject("done", done != null);
  }

  @PostMapping
  ModelAndView set(@ModelAttribute("form") Absence form, BindingResult errors) {
    var colleagues = colleagues();
    int away = leads() ? (int) Typed.number(form.away, 0) : me();
    int substitute = (int) Typed.number(form.substitute, 0);
    if (!colleagues.containsKey("" + away)) {
      errors.rejectValue("away", "desk.absence.away.missing");
    }
    if (!colleagues.containsKey("" + substitute) || substitute == away) {
      errors.rejectValue("substitute",
          substitute == away && substitute != 0 ? "desk.absence.substitute.same" : "desk.absence.substitute.missing");
    }
    var from = Typed.date(form.fromDay, form.fromMonth, form.fromYear);
    var until = Typed.date(form.untilDay, form.untilMonth, form.untilYear);
    if (from.isEmpty()) {
      errors.rejectValue("fromDay", "desk.absence.from.form");
    }
    if (until.isEmpty() || until.get().isBefore(words.today())
        || from.isPresent() && (until.get().isBefore(from.get()) || until.get().isAfter(from.get().plusYears(1)))) {
      errors.rejectValue("untilDay", "desk.absence.until.form");
    }
    if (!errors.hasErrors()) {
      try {
        desk.substitute(new Substitution(away, substitute, from.orElseThrow(), until.orElseThrow()));
        return new ModelAndView("redirect:/" + CurrentMunicipality.get().slug() + "/desk/substitutes?done");
      } catch (CityProblem refused) {
        if (!refused.status().is4xxClientError()) {
          throw refused;
        }
        errors.reject("problem." + refused.slug() + ".text");
      }
    }
    return page(HttpStatus.UNPROCESSABLE_CONTENT);
  }

  private ModelAndView page(HttpStatus status) {
    var substitutions = desk.substitutions();
    var model = new HashMap<String, Object>();
    model.put("m", CurrentMunicipality.get().slug());
    model.put("substitutions", substitutions);
    model.put("names", staff.namesOf(substitutions.stream()
        .flatMap(one -> Stream.of(one.away(), one.substitute())).toList()));
    model.put("colleagues", colleagues());
    model.put("leads", leads());
    model.put("today", words.today());
    model.put("section", "desk.title");
    return new ModelAndView("procedure-desk/substitutes", model, status);
  }

  private Map<String, String> colleagues() {
    var names = new LinkedHashMap<String, String>();
    for (Colleague one : staff.listWith(Permission.WORK_CASES)) {
      names.put("" + one.number(), one.name());
    }
    return names;
  }

  private boolean leads() {
    return staff.signedIn().filter(somebody -> somebody.may(Permission.LEAD_OFFICE)).isPresent();
  }

  private int me() {
    return staff.signedIn().orElseThrow().accountId();
  }
}
