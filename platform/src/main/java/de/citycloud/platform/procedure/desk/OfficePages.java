package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.identity.Permission;
import de.citycloud.platform.identity.SignedIn;
import de.citycloud.platform.identity.Staff;
import de.citycloud.platform.identity.Staff.Colleague;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Office;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.problem.CityProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Who works in which office, and so sees which cases. Who leads an office changes those they work in themselves;
 * administrators change all.
 */
@Controller
@RequestMapping("/{municipality}/desk/offices")
class OfficePages {
  private final Offices offices;
  private final Staff staff;
  private final AuditLog audit;
  private final TransactionTemplate transaction;

  OfficePages(Offices offices, Staff staff, AuditLog audit, TransactionTemplate transaction) {
    this.offices = offices;
    this.staff = staff;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** One office as the page shows it. @param others who could join */
  record Team(Office office, List<Colleague> members, List<Colleague> others) {}

  @GetMapping
  ModelAndView show(@Nullable String done) {
    var colleagues = staff.listWith(Permission.WORK_CASES);
    var model = new HashMap<String, Object>();
    model.put("m", CurrentMunicipality.get().slug());
    model.put("teams", offices.listAll().stream().filter(office -> mayChange(office.key()))
        .map(office -> team(office, colleagues)).toList());
    model.put("done", "joined".equals(done) || "left".equals(done) ? done : "");
    model.put("section", "desk.title");
    return new ModelAndView("procedure-desk/offices", model);
  }

  private Team team(Office office, List<Colleague> colleagues) {
    var members = offices.listMembers(office.key());
    var names = staff.namesOf(members);
    return new Team(office, members.stream().filter(names::containsKey)
        .map(number -> new Colleague(number, names.getOrDefault(number, ""))).toList(),
        colleagues.stream().filter(one -> !members.contains(one.number())).toList());
  }

  @PostMapping
  String change(@Nullable String office, @Nullable String account, @Nullable String leave) {
    var key = Typed.text(office);
    int number = (int) Math.clamp(Typed.number(account, 0), 0, Integer.MAX_VALUE);
    if (!mayChange(key) || offices.find(key).isEmpty()) {
      throw new CityProblem("office-not-yours", HttpStatus.FORBIDDEN, """
                                                                      The office is "%s", expected one that you work in.
                                                                      Maybe ask an administrator.""".formatted(
          key.length() > 60 ? key.substring(0, 60) + "…" : key));
    }
    boolean joins = leave == null;
    if (joins && staff.listWith(Permission.WORK_CASES).stream().noneMatch(one -> one.number() == number)) {
      throw new CityProblem("no-caseworker", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          Account %d cannot work on cases, expected one with the role for it.
          Maybe give the role first.""".formatted(number));
    }
    transaction.executeWithoutResult(running -> {
      if (joins ? offices.join(key, number) : offices.leave(key, number)) {
        audit.record(AuditEntry.of(joins ? "office.joined" : "office.left", "account " + number).with("office", key));
      }
    });
    return "redirect:/%s/desk/offices?done=%s".formatted(CurrentMunicipality.get().slug(), joins ? "joined" : "left");
  }

  private boolean mayChange(String office) {
    var me = staff.signedIn();
    return me.filter(somebody -> somebody.may(Permission.MANAGE_ACCOUNTS)).isPresent()
        || me.map(SignedIn::accountId).filter(number -> offices.listOf(number).contains(office)).isPresent();
  }

  /** Names of the offices besides {@code except}, by key. */
  static Map<String, String> namesOf(Offices offices, String except) {
    var names = new java.util.LinkedHashMap<String, String>();
    offices.listAll().stream().filter(office -> !office.key().equals(except))
        .forEach(office -> names.put(office.key(), office.name()));
    return names;
  }
}
