package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.Office;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CaseStatus.PaymentState;
import de.citycloud.platform.procedure.engine.CaseFlow;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.VisibleState;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Carries out what the flow of a case wants after each step: tasks, documents, the state that people see, the end. */
@Component
class CaseProgress {
  private static final String OWN = "own";

  private final CaseStore store;
  private final CaseTasks tasks;
  private final CaseDecisions decisions;
  private final CaseObjections objections;
  private final CasePapers papers;
  private final CaseLetters letters;
  private final CaseMail mail;
  private final CaseEvents events;
  private final CaseFlow flow;
  private final ProcedureRules rules;
  private final Offices offices;

  CaseProgress(CaseStore store, CaseTasks tasks, CaseDecisions decisions, CaseObjections objections,
      CasePapers papers, CaseLetters letters, CaseMail mail, CaseEvents events, CaseFlow flow, ProcedureRules rules,
      Offices offices) {
    this.store = store;
    this.tasks = tasks;
    this.decisions = decisions;
    this.objections = objections;
    this.papers = papers;
    this.letters = letters;
    this.mail = mail;
    this.events = events;
    this.flow = flow;
    this.rules = rules;
    this.offices = offices;
  }

  /** A case at work. @param now one moment for everything that a step does */
  record Work(CaseFile file, ResolvedProcedure procedure, CaseWords.Application application, Instant now) {
    LocalDate today() {
      return ProcedureRules.local(now).toLocalDate();
    }
  }

  void start(Work work) {
    advance(work, flow.start(work.procedure.pack(), work.file.id()));
  }

  void complete(Work work, CaseTasks.Task task, String outcome) {
    advance(work, flow.complete(work.procedure.pack(), work.file.id(), task.engineTask(), outcome));
  }

  /** Back to the decision. */
  void reopen(Work work) {
    var before = tasks.outcomes(work.file);
    tasks.end(work.file, work.now);
    advance(work, flow.reopen(work.procedure.pack(), work.file.id(), before));
  }

  /** The case ends outside of its flow. */
  void stop(Work work, VisibleState state) {
    flow.cancel(work.file.id());
    tasks.end(work.file, work.now);
    store.state(work.file, state, work.now);
    store.close(work.file, work.now, deleteAfter(work, null));
    if (work.file.payment() == PaymentState.OPEN || work.file.payment() == PaymentState.INVOICE) {
      store.payment(work.file, PaymentState.CANCELLED, null);
    } else if (work.file.payment() == PaymentState.CHECK) {
      store.payment(work.file, PaymentState.REFUND, null);
    }
  }

  private void advance(Work work, CaseFlow.Step step) {
    step.services().forEach(service -> serve(work, service));
    step.waiting().forEach(waiting -> await(work, waiting));
    for (var table : step.tables()) {
      advance(work, flow.complete(work.procedure.pack(), work.file.id(), table.engineTask(), byTable(work)));
    }
    if (step.ended()) {
      end(work);
    }
  }

  private void await(Work work, CaseFlow.Waiting waiting) {
    var role = waiting.task().role();
    var own = role.equals(OWN) || role.equals(work.procedure.office().key());
    if (!own) {
      var name = work.procedure.pack().offices().get(role);
      offices.ensure(new Office(role, name == null ? role : name.de(), "", "", "", ""));
    }
    tasks.add(work.file, waiting, own ? work.file.office() : role, work.now);
    store.state(work.file, VisibleState.IN_REVIEW, work.now);
    if (waiting.task().kind() == Flow.Task.Kind.SECOND_LOOK) {
      store.assign(work.file, null);
    }
  }

  /** What the table says, as outcome of the flow. A person decides where the law leaves a choice, whatever the package says. */
  private String byTable(Work work) {
    if (work.procedure.pack().manifest().discretion()) {
      throw new CityProblem("discretion-needs-person", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The procedure %s lets a table decide, expected a person: the law leaves a choice.
          Maybe tell whoever publishes it.""".formatted(work.procedure.pack().id()));
    }
    var assessment = rules.assess(work.procedure, work.application.answers(),
        ProcedureRules.local(work.file.receivedAt()));
    var key = assessment.reason();
    var words = key == null ? null : work.procedure.pack().texts().get(key);
    var grounds = words == null
        ? ""
        : rules.text(work.procedure, words, assessment.values(), work.file.language());
    decisions.draft(work.file, assessment.eligible() ? Outcome.GRANTED : Outcome.REFUSED,
        new CaseWords.Decided(grounds, ""), null, work.now);
    return assessment.eligible() ? "grant" : "refuse";
  }

  private void serve(Work work, Flow.Service service) {
    switch (service.call()) {
      case SEND_DOCUMENT -> send(work, service.with().getOrDefault("document", "decision"));
      case NOTIFY -> notify(work, service.with().getOrDefault("text", ""));
      case PUBLISH_EVENT -> events.publish(work.file, work.application.answers(), service.with());
      case DECIDE_BY_TABLE -> throw new IllegalStateException("A decision by table is a step of its own.");
    }
  }

  private void send(Work work, String template) {
    var draft = decisions.findDraft(work.file).orElse(null);
    if (draft == null) {
      papers.add(work.file.id(), work.file.person(),
          letters.make(work.file, work.procedure, work.application.answers(), template, null, work.now), work.now);
      store.event(work.file.id(), work.now, "document-sent");
      mail.tell(work.file, work.procedure, work.application.email(), "document");
    } else {
      notifyDecision(work, draft, template);
    }
  }

  /** The decision goes out, and the case is decided. @param template null if the flow sends no document */
  private void notifyDecision(Work work, CaseDecisions.Made draft, @Nullable String template) {
    var within = work.procedure.pack().manifest().objectionWithin();
    var until = within == null ? null : NotificationDays.objectionUntil(work.today(), within);
    var document = template == null
        ? null
        : papers.add(work.file.id(), work.file.person(), letters.make(work.file, work.procedure,
            work.application.answers(), template, new CaseLetters.Said(draft.outcome(), draft.words(), until),
            work.now), work.now);
    var before = decisions.findStanding(work.file);
    decisions.notified(work.file, draft, work.now, until, document);
    before.ifPresent(old -> replace(work, old, draft));
    store.outcome(work.file, draft.outcome(), work.now);
    store.state(work.file, VisibleState.DECIDED, work.now);
    store.event(work.file.id(), work.now, "decided");
    mail.tell(work.file, work.procedure, work.application.email(), "decided");
  }

  /** The new decision takes the place of one that was objected to. */
  private void replace(Work work, CaseDecisions.Made old, CaseDecisions.Made made) {
    decisions.withdraw(work.file, old, work.now);
    var document = old.document();
    if (document != null) {
      papers.replace(work.file, document, work.now);
    }
    objections.replaced(work.file, made.id(), work.now)
        .ifPresent(ruling -> store.event(work.file.id(), work.now, ruling == ObjectionDesk.Ruling.REMEDIED
            ? "objection-remedied"
            : "objection-partly-remedied"));
  }

  private void notify(Work work, String key) {
    var words = Objects.requireNonNull(work.procedure.pack().texts().get(key), key);
    var text = rules.text(work.procedure, words, work.application.answers(), work.file.language());
    papers.tell(work.file, null, text, work.now);
    mail.tell(work.file, work.procedure, work.application.email(), "message");
  }

  private void end(Work work) {
    decisions.findDraft(work.file).ifPresent(draft -> notifyDecision(work, draft, null));
    if (objections.findOpen(work.file).isPresent()) {
      return; // only a part was remedied: somebody has to rule on the rest
    }
    var standing = decisions.findStanding(work.file);
    var done = tasks.listOf(work.file);
    boolean forwarded = standing.isEmpty() && !done.isEmpty()
        && done.getLast().kind() == Flow.Task.Kind.HAND_OVER;
    store.state(work.file, forwarded ? VisibleState.FORWARDED : VisibleState.CLOSED, work.now);
    store.event(work.file.id(), work.now, forwarded ? "forwarded" : "closed");
    if (forwarded) {
      mail.tell(work.file, work.procedure, work.application.email(), "forwarded");
    }
    store.close(work.file, work.now,
        deleteAfter(work, standing.map(CaseDecisions.Made::objectionUntil).orElse(null)));
  }

  /** The end of its retention, and never before somebody could still object. */
  static Instant deleteAfter(Work work, @Nullable LocalDate objectionUntil) {
    var keep = work.today().plus(work.procedure.pack().manifest().keepFor());
    var last = objectionUntil != null && objectionUntil.isAfter(keep) ? objectionUntil : keep;
    return last.plusDays(1).atStartOfDay(java.time.ZoneId.of("Europe/Berlin")).toInstant();
  }
}
