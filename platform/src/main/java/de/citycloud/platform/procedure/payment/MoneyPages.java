package de.citycloud.platform.procedure.payment;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.identity.Permission;
import de.citycloud.platform.identity.SignedIn;
import de.citycloud.platform.identity.Staff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.CaseReference;
import de.citycloud.platform.procedure.payment.Payment.State;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Money that came but settles no fee: staff of the office in charge sees it and says what became of it. */
@Controller
@RequestMapping("/{municipality}/desk/payments")
class MoneyPages {
  private final MoneyToClear money;
  private final PaymentStore store;
  private final CaseDesk desk;
  private final Staff staff;
  private final AuditLog audit;

  MoneyPages(MoneyToClear money, PaymentStore store, CaseDesk desk, Staff staff, AuditLog audit) {
    this.money = money;
    this.store = store;
    this.desk = desk;
    this.staff = staff;
    this.audit = audit;
  }

  /** What my offices have to clear. */
  @Component
  static class MoneyToClear {
    private final PaymentStore store;
    private final ObjectProvider<CaseDesk> desk;

    /** @param desk asked late: the frame is there before the cases are */
    MoneyToClear(PaymentStore store, ObjectProvider<CaseDesk> desk) {
      this.store = store;
      this.desk = desk;
    }

    List<Payment> list() {
      var all = store.listToClear();
      if (all.isEmpty()) {
        return all;
      }
      var mine = desk.getObject().inCharge(all.stream().map(Payment::reference).map(CaseReference::new).toList());
      return all.stream().filter(payment -> mine.contains(new CaseReference(payment.reference()))).toList();
    }
  }

  @GetMapping
  ModelAndView list(@Nullable String done) {
    return new ModelAndView("procedure-desk/payments").addObject("m", CurrentMunicipality.get().slug())
        .addObject("payments", money.list()).addObject("done", done != null).addObject("section", "desk.title");
  }

  /** @param how {@code counts} or {@code returned} */
  @PostMapping("/{payment}")
  @Transactional
  public String clear(@PathVariable("municipality") String slug, @PathVariable("payment") UUID id,
      @Nullable String how) {
    var all = store.find(id).map(known -> store.lock(known.reference())).orElse(List.of());
    var payment = all.stream().filter(one -> one.id().equals(id))
        .filter(known -> !desk.inCharge(List.of(new CaseReference(known.reference()))).isEmpty()).findFirst()
        .orElseThrow(() -> new CityProblem("money-not-found", HttpStatus.NOT_FOUND,
            "There is no such payment to clear here.\nMaybe another office is in charge of its case."));
    boolean counts = "counts".equals(how) && payment.state() == State.CHECK
        && all.stream().noneMatch(one -> one.state() == State.PAID || one.state() == State.OPEN);
    if (payment.state() != State.CHECK && payment.state() != State.REFUND || !counts && !"returned".equals(how)) {
      throw new CityProblem("money-cleared", HttpStatus.CONFLICT,
          "The payment is %s, expected one to clear with one of its buttons.\nMaybe a colleague was faster."
              .formatted(payment.state()));
    }
    desk.clearMoney(new CaseReference(payment.reference()), counts);
    store.cleared(payment, counts ? State.PAID : State.RETURNED,
        staff.signedIn().map(SignedIn::accountId).orElse(null));
    audit.record(AuditEntry.of("payment.cleared", "case " + payment.reference()).with("how",
        counts ? "counts" : "returned"));
    return "redirect:/" + slug + "/desk/payments?done=cleared";
  }

  /** Shown only while there is something to clear. */
  @Component
  static class MoneyNavigation implements Navigation {
    private final MoneyToClear money;
    private final Staff staff;

    MoneyNavigation(MoneyToClear money, Staff staff) {
      this.money = money;
      this.staff = staff;
    }

    @Override
    public List<NavigationItem> itemsFor(Municipality municipality) {
      boolean works = staff.signedIn().filter(somebody -> somebody.municipalityId() == municipality.id()
          && somebody.may(Permission.WORK_CASES)).isPresent();
      int open = works ? money.list().size() : 0;
      return open == 0
          ? List.of()
          : List.of(new NavigationItem(NavigationItem.Place.STAFF, 12, "money.title",
              "/" + municipality.slug() + "/desk/payments", (long) open));
    }
  }
}
