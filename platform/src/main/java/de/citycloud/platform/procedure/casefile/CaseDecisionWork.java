package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.pack.Flow;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Decisions: made, looked at by a second person, corrected, taken back. In the caller's transaction. */
@Component
class CaseDecisionWork {
  private final CaseStore store;
  private final CaseDecisions decisions;
  private final CasePapers papers;
  private final CaseLetters letters;
  private final CaseMail mail;
  private final CaseProgress progress;
  private final CaseEvents events;
  private final CaseObjections objections;

  CaseDecisionWork(CaseStore store, CaseDecisions decisions, CasePapers papers, CaseLetters letters, CaseMail mail,
      CaseProgress progress, CaseEvents events, CaseObjections objections) {
    this.store = store;
    this.decisions = decisions;
    this.papers = papers;
    this.letters = letters;
    this.mail = mail;
    this.progress = progress;
    this.events = events;
    this.objections = objections;
  }

  /** What a task of kind DECIDE leaves behind: a draft; it goes out when the flow says so. */
  void decide(CaseProgress.Work work, String outcome, @Nullable DecisionWords words, int account) {
    var wanted = Outcome.ofTask(outcome).orElse(Outcome.PARTLY);
    if (words == null || words.outcome() != wanted) {
      throw new CityProblem("case-decision", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The decision says %s, expected %s as the task was completed.
          Maybe choose the outcome again.""".formatted(words == null ? "nothing" : words.outcome(), wanted));
    }
    decisions.draft(work.file(), wanted, checked(words), account, work.now());
  }

  /** Grounds may be left out only where everything was granted (§ 39 (2) no. 1 LVwVfG). */
  private static CaseWords.Decided checked(DecisionWords words) {
    return new CaseWords.Decided(
        CaseRules.text(words.grounds(), words.outcome() == Outcome.GRANTED ? 0 : 1, CaseRules.MOST_GROUNDS),
        CaseRules.text(words.conditions(), 0, CaseRules.MOST_GROUNDS));
  }

  /** The second look. @throws CityProblem {@code second-person} (409) if it is the first person again */
  void look(CaseProgress.Work work, String outcome, String text, int account) {
    var draft = decisions.findDraft(work.file())
        .orElseThrow(() -> CaseRules.movedOn(work.file(), "one with a decision to look at"));
    if (Integer.valueOf(account).equals(draft.account())) {
      throw new CityProblem("second-person", HttpStatus.CONFLICT,
          """
          Account %d made this decision, expected another person for the second look. Nothing was changed.
          Maybe ask a colleague.""".formatted(account));
    }
    if (outcome.equals("approve")) {
      decisions.approve(work.file(), draft, account);
    } else {
      papers.note(work.file(), account, CaseRules.text(text, 1, CaseRules.MOST_TEXT), work.now());
      store.assign(work.file(), draft.account());
    }
  }

  void correct(CaseProgress.Work work, long decision, DecisionWords words) {
    var file = work.file();
    var made = standing(file, decision);
    var checked = checked(words);
    if (words.outcome() != made.outcome()) {
      throw new CityProblem("case-decision", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The corrected decision says %s, expected %s: only an obvious mistake may be corrected (§ 42 LVwVfG).
          Maybe take the decision back and decide again.""".formatted(words.outcome(), made.outcome()));
    }
    var old = made.document();
    if (old != null) {
      papers.replace(file, old, work.now());
    }
    long document = papers.add(file.id(), file.person(), letters.make(file, work.procedure(),
        work.application().answers(), templateOf(work), new CaseLetters.Said(made.outcome(), checked,
            made.objectionUntil()),
        work.now()), work.now());
    decisions.correct(file, made, checked, document);
    store.event(file.id(), work.now(), "decision-corrected");
    mail.tell(file, work.procedure(), work.application().email(), "document");
  }

  /** Takes it back: the case is in review again. */
  void withdraw(CaseProgress.Work work, CaseDecisions.Made made, String grounds, int account) {
    var file = work.file();
    var text = CaseRules.text(grounds, 1, CaseRules.MOST_TEXT);
    decisions.withdraw(file, made, work.now());
    var document = made.document();
    if (document != null) {
      papers.replace(file, document, work.now());
    }
    if (publishes(work)) {
      events.cancel(file);
    }
    store.outcome(file, null, null);
    objections.settle(file, work.now());
    var processing = work.procedure().pack().manifest().processing();
    store.open(file, processing == null
        ? null
        : de.citycloud.platform.municipality.WorkingDays.endOf(work.today(), processing), null);
    papers.tell(file, account, text, work.now());
    store.event(file.id(), work.now(), "decision-withdrawn");
    mail.tell(file, work.procedure(), work.application().email(), "message");
    progress.reopen(work);
  }

  CaseDecisions.Made standing(CaseFile file, long decision) {
    return decisions.listOf(file).stream().filter(made -> made.id() == decision && made.stands()).findFirst()
        .orElseThrow(() -> CaseRules.movedOn(file, "one with this decision in force"));
  }

  private static boolean publishes(CaseProgress.Work work) {
    return work.procedure().pack().flow().nodes().values().stream()
        .anyMatch(node -> node instanceof Flow.Service service && service.call() == Flow.Service.Call.PUBLISH_EVENT);
  }

  /** The document with which the flow sends decisions. */
  private static String templateOf(CaseProgress.Work work) {
    return work.procedure().pack().flow().nodes().values().stream().filter(Flow.Service.class::isInstance)
        .map(Flow.Service.class::cast).filter(service -> service.call() == Flow.Service.Call.SEND_DOCUMENT)
        .map(service -> service.with().getOrDefault("document", "decision"))
        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("decision")).findFirst().orElse("decision");
  }
}
