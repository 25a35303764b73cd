package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What staff changes in a case. In the caller's transaction; every change is checked, noted and logged. */
@Component
class CaseWork {
  static final String TASK_WORDS = "case_task.words";
  private static final int MOST_ANSWER_DAYS = 180;

  private final CaseStore store;
  private final CaseTasks tasks;
  private final CasePapers papers;
  private final CaseWords words;
  private final CaseViews views;
  private final CaseReplies replies;
  private final CaseProgress progress;
  private final CaseDecisionWork decisions;
  private final CaseDecisions made;
  private final CaseMail mail;
  private final CaseStaff staff;
  private final CaseAbsences absences;
  private final Offices offices;
  private final AuditLog audit;

  CaseWork(CaseStore store, CaseTasks tasks, CasePapers papers, CaseWords words, CaseViews views, CaseReplies replies,
      CaseProgress progress, CaseDecisionWork decisions, CaseDecisions made, CaseMail mail, CaseStaff staff,
      CaseAbsences absences, Offices offices, AuditLog audit) {
    this.store = store;
    this.tasks = tasks;
    this.papers = papers;
    this.words = words;
    this.views = views;
    this.replies = replies;
    this.progress = progress;
    this.decisions = decisions;
    this.made = made;
    this.mail = mail;
    this.staff = staff;
    this.absences = absences;
    this.offices = offices;
    this.audit = audit;
  }

  boolean isInCharge(CaseFile file, CaseStaff.Colleague colleague) {
    return colleague.worksIn(file.office());
  }

  /** True if one of the colleague's offices is in charge or was asked. */
  boolean isOf(CaseFile file, CaseStaff.Colleague colleague) {
    return isInCharge(file, colleague)
        || tasks.listOf(file).stream().anyMatch(task -> task.elsewhere() && colleague.worksIn(task.office()));
  }

  /** True if the colleague may complete the task: of their office, and nobody else's. */
  boolean mayComplete(CaseFile file, CaseTasks.Task task, CaseStaff.Colleague colleague) {
    var assignee = task.elsewhere() ? task.assignee() : file.assignee();
    boolean second = task.kind() != Flow.Task.Kind.SECOND_LOOK || made.findDraft(file)
        .filter(draft -> Integer.valueOf(colleague.account()).equals(draft.account())).isEmpty();
    return second && colleague.worksIn(task.office())
        && (assignee == null || colleague.standsFor().contains(assignee));
  }

  void assign(CaseReference reference, @Nullable Integer account) {
    var colleague = staff.signedIn();
    var file = lock(reference, colleague, null);
    if (account != null && account != colleague.account()
        && !(staff.leads() && absences.sharesOffice(colleague, account))) {
      throw new CityProblem("case-assign", HttpStatus.FORBIDDEN,
          """
          Account %d gives a case to account %d, expected to take it or, who leads an office, to give it to somebody of it.
          Maybe ask who leads the office."""
              .formatted(colleague.account(), account));
    }
    if (account != null && account.equals(file.account())) {
      throw CaseRules.ownCase(account, file.reference().text());
    }
    if (isInCharge(file, colleague)) {
      store.assign(file, account);
    } else {
      tasks.assign(file, colleague.offices(), account);
    }
    done(file, account == null ? "case.put-back" : "case.assigned");
  }

  void complete(CaseReference reference, long number, String outcome, String text, @Nullable DecisionWords decision,
      long version) {
    var colleague = staff.signedIn();
    var file = lock(reference, colleague, null);
    var task = tasks.listOpen(file).stream().filter(one -> one.id() == number).findFirst()
        .orElseThrow(() -> CaseRules.movedOn(file, "one in which task " + number + " is open"));
    if (!colleague.worksIn(task.office())) {
      throw CaseRules.notFound(reference);
    }
    // Offices are heard at once: what one of them says does not make the others say it again.
    if (task.kind() != Flow.Task.Kind.HEARING && version != file.version()) {
      throw CaseRules.movedOn(file, "version " + version);
    }
    if (file.state() == VisibleState.INFORMATION_NEEDED && task.kind() != Flow.Task.Kind.HEARING) {
      throw CaseRules.movedOn(file, "one that waits for nothing");
    }
    var now = replies.work(file, Instant.now());
    if (!(now.procedure().pack().flow().nodes().get(task.node()) instanceof Flow.Task node)
        || !node.outcomes().containsKey(outcome)) {
      throw new CityProblem("case-outcome", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The task is completed with an outcome that it does not have, expected one of those that are offered.
          Maybe load the case again.""");
    }
    byte[] said = null;
    switch (task.kind()) {
      case DECIDE -> decisions.decide(now, outcome, decision, colleague.account());
      case SECOND_LOOK -> decisions.look(now, outcome, text, colleague.account());
      case HEARING -> said = words.sealText(file.person(), TASK_WORDS, CaseRules.text(text, 0, CaseRules.MOST_TEXT));
      case REVIEW, HAND_OVER -> {
        if (!text.isBlank()) {
          papers.note(file, colleague.account(), CaseRules.text(text, 0, CaseRules.MOST_TEXT), now.now());
        }
      }
    }
    tasks.done(task, outcome, said, colleague.account(), now.now());
    progress.complete(now, task, outcome);
    store.touch(file, false);
    audit.record(AuditEntry.of("case.task-completed", file.inLog()).with("kind",
        task.kind().name().toLowerCase(Locale.ROOT)));
  }

  void requestInformation(CaseReference reference, String text, LocalDate until, long version) {
    var file = lockInCharge(reference, version);
    var now = replies.work(file, Instant.now());
    if (!file.isUndecided() || file.state() == VisibleState.INFORMATION_NEEDED) {
      throw CaseRules.movedOn(file, "one in review");
    }
    if (until.isBefore(now.today()) || until.isAfter(now.today().plusDays(MOST_ANSWER_DAYS))) {
      throw new CityProblem("case-until", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The answer is expected by %s, expected a day from today to %s.
          Maybe check the year.""".formatted(until, now.today().plusDays(MOST_ANSWER_DAYS)));
    }
    var asked = CaseRules.text(text, 1, CaseRules.MOST_TEXT);
    var due = file.dueOn();
    store.due(file, until, due == null ? null : (int) ChronoUnit.DAYS.between(now.today(), due),
        views.sealAsked(file, asked));
    store.state(file, VisibleState.INFORMATION_NEEDED, now.now());
    store.event(file.id(), now.now(), "information-asked", CaseLetters.shown(until, file.language()));
    mail.tell(file, now.procedure(), now.application().email(), "asked",
        CaseLetters.shown(until, file.language()));
    done(file, "case.information-asked");
  }

  void endWaiting(CaseReference reference, long version) {
    var file = lockInCharge(reference, version);
    if (file.state() != VisibleState.INFORMATION_NEEDED) {
      throw CaseRules.movedOn(file, "one that waits for information");
    }
    var now = Instant.now();
    replies.resume(file, now);
    store.event(file.id(), now, "waiting-ended");
    done(file, "case.waiting-ended");
  }

  void write(CaseReference reference, String text) {
    var file = lockInCharge(reference, null);
    var said = CaseRules.text(text, 1, CaseRules.MOST_TEXT);
    var now = replies.work(file, Instant.now());
    papers.tell(file, staff.signedIn().account(), said, now.now());
    store.event(file.id(), now.now(), "message-sent");
    mail.tell(file, now.procedure(), now.application().email(), "message");
    done(file, "case.message-sent");
  }

  void note(CaseReference reference, String text) {
    var colleague = staff.signedIn();
    var file = lock(reference, colleague, null);
    papers.note(file, colleague.account(), CaseRules.text(text, 1, CaseRules.MOST_TEXT), Instant.now());
    done(file, "case.noted");
  }

  void addFile(CaseReference reference, Submission.Attachment attachment) {
    var file = lockInCharge(reference, null);
    var now = Instant.now();
    papers.add(file.id(), file.person(), replies.paper(attachment), now);
    store.event(file.id(), now, "file-added");
    done(file, "case.file-added");
  }

  void correct(CaseReference reference, long decision, DecisionWords corrected, long version) {
    var file = lockInCharge(reference, version);
    decisions.correct(replies.work(file, Instant.now()), decision, corrected);
    done(file, "case.decision-corrected");
  }

  void withdrawDecision(CaseReference reference, long decision, String grounds, long version) {
    var file = lockInCharge(reference, version);
    decisions.withdraw(replies.work(file, Instant.now()), decisions.standing(file, decision), grounds,
        staff.signedIn().account());
    done(file, "case.decision-withdrawn");
  }

  void handOver(CaseReference reference, String office, @Nullable String otherAuthority, String reason, long version) {
    var file = lockInCharge(reference, version);
    if (file.closedAt() != null) {
      throw CaseRules.movedOn(file, "one that is open");
    }
    var why = CaseRules.text(reason, 1, CaseRules.MOST_TEXT);
    var now = replies.work(file, Instant.now());
    papers.note(file, staff.signedIn().account(), why, now.now());
    if (otherAuthority != null && !otherAuthority.isBlank()) {
      var name = CaseRules.text(otherAuthority, 1, 200);
      progress.stop(now, VisibleState.FORWARDED);
      store.event(file.id(), now.now(), "forwarded-to", name);
      mail.tell(file, now.procedure(), now.application().email(), "forwarded");
      done(file, "case.forwarded");
    } else {
      var target = offices.find(office).filter(known -> !known.key().equals(file.office()))
          .orElseThrow(() -> new CityProblem("case-office", HttpStatus.UNPROCESSABLE_CONTENT,
              """
              The case goes to "%s", expected another office of this municipality.
              Maybe choose one from the list.""".formatted(office)));
      store.office(file, target.key());
      tasks.move(file, target.key());
      store.event(file.id(), now.now(), "handed-over", target.name());
      store.touch(file, true);
      audit.record(AuditEntry.of("case.handed-over", file.inLog()).with("office", target.key()));
    }
  }

  void print(CaseReference reference, long document, List<String> address) {
    var file = lockInCharge(reference, null);
    var paper = papers.listOf(file).stream().filter(one -> one.id() == document && one.fromOffice()).findFirst()
        .orElseThrow(() -> CaseRules.movedOn(file, "one with this document"));
    var now = replies.work(file, Instant.now());
    mail.print(file, now.procedure(), address, paper.name());
    store.event(file.id(), now.now(), "printed");
    done(file, "case.printed");
  }

  /** The case, locked, for a colleague whose office is in charge of it. @param version null if the change fits any */
  CaseFile lockInCharge(CaseReference reference, @Nullable Long version) {
    var colleague = staff.signedIn();
    var file = lock(reference, colleague, version);
    if (!isInCharge(file, colleague)) {
      throw new CityProblem("case-not-in-charge", HttpStatus.FORBIDDEN,
          """
          The office %s is in charge of case %s, expected one of yours.
          Maybe say there what you found.""".formatted(file.office(), reference));
    }
    return file;
  }

  /** @param version that the person saw; null if the change fits any */
  private CaseFile lock(CaseReference reference, CaseStaff.Colleague colleague, @Nullable Long version) {
    var file = store.lock(reference).filter(found -> isOf(found, colleague))
        .orElseThrow(() -> CaseRules.notFound(reference));
    if (Integer.valueOf(colleague.account()).equals(file.account())) {
      throw CaseRules.notFound(reference);
    }
    if (version != null && version != file.version()) {
      throw CaseRules.movedOn(file, "version " + version);
    }
    return file;
  }

  void done(CaseFile file, String action) {
    store.touch(file, false);
    audit.record(AuditEntry.of(action, file.inLog()));
  }
}
