package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.WorkingDays;
import de.citycloud.platform.procedure.casefile.CaseStatus.Action;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Ruling;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Stage;
import de.citycloud.platform.procedure.pack.VisibleState;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Objections as those see them who object: until when, what comes after that, and how one is taken in. In the caller's
 * transaction.
 */
@Component
class Objecting {
  /** An objection is to be answered within three months (§ 75 VwGO). */
  private static final Period ANSWER = Period.ofMonths(3);
  /** So long after the last day one may still be put back where one was (§ 60 (3) VwGO). */
  private static final Period REINSTATEMENT = Period.ofYears(1);

  private final CaseStore store;
  private final CaseDecisions decisions;
  private final CaseObjections objections;
  private final CasePapers papers;
  private final CaseMail mail;
  private final MessageSource messages;
  private final AuditLog audit;

  Objecting(CaseStore store, CaseDecisions decisions, CaseObjections objections, CasePapers papers, CaseMail mail,
      MessageSource messages, AuditLog audit) {
    this.store = store;
    this.decisions = decisions;
    this.objections = objections;
    this.papers = papers;
    this.mail = mail;
    this.messages = messages;
    this.audit = audit;
  }

  /** A decision that one can object to. */
  record Against(CaseDecisions.Made decision, LocalDate lastDay) {
    boolean isLate(LocalDate on) {
      return on.isAfter(lastDay);
    }
  }

  /** What one could object to now; empty if nothing is decided, an objection is open, or one was ruled on. */
  Optional<Against> find(CaseFile file) {
    if (file.outcome() == null || file.objectionAt() != null || file.closedAt() == null) {
      return Optional.empty();
    }
    return decisions.findStanding(file).flatMap(made -> {
      var lastDay = made.objectionUntil();
      boolean ruled = objections.listOf(file).stream()
          .anyMatch(one -> one.decision() == made.id() && one.shown().ruling() != null
              && one.shown().ruling() != Ruling.WITHDRAWN);
      return lastDay == null || ruled ? Optional.empty() : Optional.of(new Against(made, lastDay));
    });
  }

  /** What whoever objects can do today. */
  Set<Action> actionsOf(CaseFile file, LocalDate today) {
    var actions = EnumSet.noneOf(Action.class);
    find(file).ifPresent(against -> {
      if (!against.isLate(today)) {
        actions.add(Action.OBJECT);
      } else if (!today.isAfter(against.lastDay.plus(REINSTATEMENT))) {
        actions.add(Action.OBJECT_LATE);
      }
    });
    if (file.objectionAt() != null && file.closedAt() == null && file.state() == VisibleState.DECIDED) {
      actions.add(Action.WITHDRAW_OBJECTION);
    }
    return actions;
  }

  /** As the applicant sees them; what is not out yet is not among it. */
  List<CaseStatus.Objected> shownTo(CaseFile file) {
    return objections.listOf(file).stream().map(CaseObjections.Kept::shown)
        .map(one -> new CaseStatus.Objected(one.receivedAt(), one.lastDay(), one.late(),
            one.ruling() == null && one.stage() == Stage.OPEN ? file.dueOn() : null, one.authority(), one.ruling(),
            one.ruledAt(), one.stage() == Stage.OPEN ? "" : one.grounds()))
        .toList();
  }

  /** Online: reasons are welcome, not needed (§ 70 VwGO). */
  void object(CaseProgress.Work work, String text) {
    var file = work.file();
    var can = actionsOf(file, work.today());
    var against = find(file)
        .filter(one -> can.contains(Action.OBJECT) || can.contains(Action.OBJECT_LATE))
        .orElseThrow(() -> CaseRules.movedOn(file, "one with a decision that one can object to"));
    take(work, against, work.now(), text);
  }

  /** @param at when it came in; the day counts */
  void take(CaseProgress.Work work, Against against, Instant at, String text) {
    var file = work.file();
    var said = CaseRules.text(text, 0, CaseRules.MOST_TEXT);
    var day = ProcedureRules.local(at).toLocalDate();
    boolean late = against.isLate(day);
    if (!said.isEmpty()) {
      papers.hear(file, said, work.now());
    }
    objections.add(file, against.decision.id(), at, against.lastDay, late);
    store.open(file, WorkingDays.endOf(day, ANSWER), at);
    store.state(file, VisibleState.DECIDED, work.now());
    if (late) {
      var last = CaseLetters.shown(against.lastDay, file.language());
      papers.tell(file, null, String.valueOf(messages.getMessage("case.objection.late",
          new Object[]{CaseLetters.shown(day, file.language()), last}, file.language())), work.now());
      store.event(file.id(), work.now(), "objection-late", last);
    } else {
      store.event(file.id(), work.now(), "objection");
    }
    mail.tell(file, work.procedure(), work.application().email(), "objection-received");
    store.touch(file, true);
    audit.record(AuditEntry.of("case.objection-received", file.inLog()).with("late", late));
  }

  /** Whoever objected takes it back: the decision stays. */
  void takeBack(CaseProgress.Work work) {
    var file = work.file();
    var open = objections.findOpen(file).filter(one -> file.state() == VisibleState.DECIDED)
        .orElseThrow(() -> CaseRules.movedOn(file, "one with an objection"));
    objections.end(file, open.shown(), Ruling.WITHDRAWN, null, null, false, null, work.now());
    close(work, decisions.findStanding(file).map(CaseDecisions.Made::objectionUntil).orElse(null));
    store.event(file.id(), work.now(), "objection-withdrawn");
    store.touch(file, true);
    audit.record(AuditEntry.of("case.objection-withdrawn", file.inLog()));
  }

  /** The case is over again. @param until last day on which something could come; null if nothing can */
  void close(CaseProgress.Work work, @org.jspecify.annotations.Nullable LocalDate until) {
    store.due(work.file(), null, null, null);
    store.state(work.file(), VisibleState.CLOSED, work.now());
    store.close(work.file(), work.now(), CaseProgress.deleteAfter(work, until));
  }
}
