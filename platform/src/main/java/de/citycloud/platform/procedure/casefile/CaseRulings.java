package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.municipality.WorkingDays;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rules on objections. A remedy goes through the flow of the package from its decision on, so that a second person looks at
 * it wherever the package wants one, and everything that follows a decision follows again; the old decision stands until
 * the new one is out.
 */
@Service
class CaseRulings implements ObjectionDesk {
  /** Within which one brings an action (§ 74 VwGO). */
  private static final Period ACTION = Period.ofMonths(1);

  private final CaseStore store;
  private final CaseTasks tasks;
  private final CasePapers papers;
  private final CaseDecisions decisions;
  private final CaseDecisionWork decisionWork;
  private final CaseObjections objections;
  private final Objecting objecting;
  private final ObjectionRules rules;
  private final ObjectionLetter letter;
  private final CaseProgress progress;
  private final CaseReplies replies;
  private final CaseWork work;
  private final CaseMail mail;
  private final CaseStaff staff;
  private final Offices offices;
  private final AuditLog audit;

  CaseRulings(CaseStore store, CaseTasks tasks, CasePapers papers, CaseDecisions decisions,
      CaseDecisionWork decisionWork, CaseObjections objections, Objecting objecting, ObjectionRules rules,
      ObjectionLetter letter, CaseProgress progress, CaseReplies replies, CaseWork work, CaseMail mail,
      CaseStaff staff, Offices offices, AuditLog audit) {
    this.store = store;
    this.tasks = tasks;
    this.papers = papers;
    this.decisions = decisions;
    this.decisionWork = decisionWork;
    this.objections = objections;
    this.objecting = objecting;
    this.rules = rules;
    this.letter = letter;
    this.progress = progress;
    this.replies = replies;
    this.work = work;
    this.mail = mail;
    this.staff = staff;
    this.offices = offices;
    this.audit = audit;
  }

  @Override
  @Transactional
  public Optional<Desk> open(CaseReference reference) {
    var colleague = staff.signedIn();
    return store.find(reference).filter(file -> work.isInCharge(file, colleague)).flatMap(
        file -> openOf(file).map(open -> deskOf(replies.work(file, Instant.now()), open, colleague)));
  }

  @Override
  @Transactional
  public List<Objection> listOf(CaseReference reference) {
    var colleague = staff.signedIn();
    return store.find(reference).filter(file -> work.isOf(file, colleague)).stream()
        .flatMap(file -> objections.listOf(file).stream()).map(CaseObjections.Kept::shown).toList();
  }

  @Override
  @Transactional
  public Map<String, Object> preview(CaseReference reference, Ruled ruled) {
    var colleague = staff.signedIn();
    return store.find(reference).filter(file -> work.isInCharge(file, colleague)).flatMap(file -> openOf(file)
        .map(open -> letter.words(replies.work(file, Instant.now()), open.shown(), made(file, open), rules.get(),
            ruled.ruling(), ruled.grounds())))
        .orElse(Map.of());
  }

  /** While a new decision is on its way there is nothing to rule on. */
  private Optional<CaseObjections.Kept> openOf(CaseFile file) {
    return file.state() == VisibleState.DECIDED ? objections.findOpen(file) : Optional.empty();
  }

  private CaseDecisions.Made made(CaseFile file, CaseObjections.Kept open) {
    return decisions.listOf(file).stream().filter(one -> one.id() == open.decision()).findFirst()
        .orElseThrow(() -> CaseRules.movedOn(file, "one with the decision that was objected to"));
  }

  private Desk deskOf(CaseProgress.Work now, CaseObjections.Kept open, CaseStaff.Colleague colleague) {
    var file = now.file();
    var rule = rules.get();
    var outcomes = new LinkedHashMap<String, String>();
    nodes(now.procedure(), Flow.Task.Kind.DECIDE).findFirst().ifPresent(decide -> decide.outcomes()
        .forEach((key, name) -> outcomes.put(key, name.in(LocaleContextHolder.getLocale()))));
    boolean fourEyes = nodes(now.procedure(), Flow.Task.Kind.SECOND_LOOK).findFirst().isPresent();
    boolean first = Integer.valueOf(colleague.account()).equals(made(file, open).account());
    boolean alone = offices.listMembers(file.office()).stream().noneMatch(member -> member != colleague.account());
    return new Desk(open.shown(), choices(file, open.shown(), rule, !outcomes.isEmpty()), outcomes, rule, fourEyes,
        first, alone);
  }

  private static java.util.stream.Stream<Flow.Task> nodes(ResolvedProcedure procedure, Flow.Task.Kind kind) {
    return procedure.pack().flow().nodes().values().stream().filter(Flow.Task.class::isInstance)
        .map(Flow.Task.class::cast).filter(task -> task.kind() == kind);
  }

  private static Set<Ruling> choices(CaseFile file, Objection open, ObjectionRules.Rule rule, boolean decidable) {
    var choices = EnumSet.of(Ruling.WITHDRAWN);
    if (decidable) {
      choices.add(Ruling.REMEDIED);
      if (open.remedy() == null) {
        choices.add(Ruling.PARTLY_REMEDIED);
      }
    }
    if (open.stage() == Stage.AUTHORITY) {
      choices.add(Ruling.UPHELD);
    } else if (rule.isOwn(file.procedure())) {
      if (rule.namesCourt()) {
        choices.add(Ruling.REJECTED); // also of a late one: who rules may decide on the matter in spite of that
        if (open.late()) {
          choices.add(Ruling.TOO_LATE);
        }
      }
    } else if (!rule.authority().isEmpty()) {
      choices.add(Ruling.FORWARDED);
    }
    return choices;
  }

  @Override
  @Transactional
  public void rule(CaseReference reference, Ruled ruled, long version) {
    var colleague = staff.signedIn();
    var file = work.lockInCharge(reference, version);
    var open = openOf(file).orElseThrow(() -> CaseRules.movedOn(file, "one with an objection"));
    var now = replies.work(file, Instant.now());
    var desk = deskOf(now, open, colleague);
    var ruling = ruled.ruling();
    if (!desk.choices().contains(ruling)) {
      throw new CityProblem("objection-ruling", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The objection in case %s ends with %s, expected one of %s.
          Maybe the reviewing authority or the court is not set, or the objection is elsewhere meanwhile."""
              .formatted(reference, ruling, desk.choices()));
    }
    if (desk.needsSomebodyElse() && ruling.isOurs()) {
      throw new CityProblem("objection-second-person", HttpStatus.CONFLICT,
          """
          Account %d made the decision in case %s, expected another person to rule on the objection. Nothing was changed.
          Maybe ask a colleague."""
              .formatted(colleague.account(), reference));
    }
    var grounds = CaseRules.text(ruled.grounds(), 1, CaseRules.MOST_TEXT);
    boolean alone = desk.first() && desk.alone() && ruling.isOurs();
    switch (ruling) {
      case REMEDIED, PARTLY_REMEDIED -> remedy(now, open, ruled, grounds, colleague.account(), alone);
      case REJECTED, TOO_LATE -> reject(now, open, desk.rule(), ruling, grounds, colleague.account(), alone);
      case FORWARDED -> forward(now, open, desk.rule(), grounds, colleague.account());
      case UPHELD -> {
        objections.end(file, open.shown(), ruling, grounds, colleague.account(), false, null, now.now());
        papers.tell(file, colleague.account(), grounds, now.now());
        objecting.close(now, actionUntil(now));
        store.event(file.id(), now.now(), "objection-upheld");
      }
      case WITHDRAWN -> {
        papers.note(file, colleague.account(), grounds, now.now());
        objections.end(file, open.shown(), ruling, null, null, false, null, now.now());
        objecting.close(now, made(file, open).objectionUntil());
        store.event(file.id(), now.now(), "objection-withdrawn");
      }
    }
    if (!ruling.isNewDecision()) {
      mail.tell(file, now.procedure(), now.application().email(), "objection");
    }
    store.touch(file, false);
    audit.record(AuditEntry.of("case.objection-answered", file.inLog())
        .with("ruling", ruling.name().toLowerCase(Locale.ROOT)).with("alone", alone));
  }

  private void remedy(CaseProgress.Work now, CaseObjections.Kept open, Ruled ruled, String grounds, int account,
      boolean alone) {
    var outcome = Optional.ofNullable(ruled.outcome()).orElse("");
    objections.remedy(now.file(), open.shown(), ruled.ruling(), grounds, account, alone);
    progress.reopen(now);
    var task = tasks.listOpen(now.file()).stream().filter(one -> one.kind() == Flow.Task.Kind.DECIDE).findFirst()
        .orElseThrow(() -> CaseRules.movedOn(now.file(), "one in which a person decides"));
    if (!(now.procedure().pack().flow().nodes().get(task.node()) instanceof Flow.Task node)
        || !node.outcomes().containsKey(outcome)) {
      throw new CityProblem("case-outcome", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The new decision has an outcome that the procedure does not know, expected one of those that are offered.
          Maybe load the case again.""");
    }
    decisionWork.decide(now, outcome, new DecisionWords(Outcome.ofTask(outcome).orElse(Outcome.PARTLY),
        grounds, ruled.conditions()), account);
    tasks.done(task, outcome, null, account, now.now());
    progress.complete(now, task, outcome);
  }

  private void reject(CaseProgress.Work now, CaseObjections.Kept open, ObjectionRules.Rule rule, Ruling ruling,
      String grounds, int account, boolean alone) {
    var file = now.file();
    var words = letter.words(now, open.shown(), made(file, open), rule, ruling, grounds);
    long document = papers.add(file.id(), file.person(), letter.make(file, words), now.now());
    objections.end(file, open.shown(), ruling, grounds, account, alone, document, now.now());
    objecting.close(now, actionUntil(now));
    if (ruling == Ruling.TOO_LATE) {
      store.event(file.id(), now.now(), "objection-too-late",
          CaseLetters.shown(open.shown().lastDay(), file.language()));
    } else {
      store.event(file.id(), now.now(), "objection-rejected");
    }
  }

  private void forward(CaseProgress.Work now, CaseObjections.Kept open, ObjectionRules.Rule rule, String grounds,
      int account) {
    var file = now.file();
    objections.forward(file, open.shown(), rule.authority(), grounds, account);
    papers.tell(file, account, grounds, now.now());
    store.due(file, null, null, null); // the deadline is theirs now
    store.event(file.id(), now.now(), "objection-forwarded", rule.authority());
  }

  /** Never too early: counted as if it were notified like a decision, though it is served. */
  private static LocalDate actionUntil(CaseProgress.Work now) {
    return WorkingDays.endOf(NotificationDays.notifiedOn(now.today()), ACTION);
  }

  @Override
  @Transactional
  public void receive(CaseReference reference, LocalDate on, String text, long version) {
    var file = work.lockInCharge(reference, version);
    var against = objecting.find(file)
        .orElseThrow(() -> CaseRules.movedOn(file, "one with a decision that one can object to"));
    var now = replies.work(file, Instant.now());
    var sent = dayOf(against.decision().notifiedAt());
    if (on.isAfter(now.today()) || sent != null && on.isBefore(sent)) {
      throw new CityProblem("objection-day", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The objection came in on %s, expected a day from %s to %s.
          Maybe check the stamp on the letter.""".formatted(on, sent, now.today()));
    }
    objecting.take(now, against, on.equals(now.today())
        ? now.now()
        : on.atTime(LocalTime.NOON).atZone(ZoneId.of("Europe/Berlin")).toInstant(), text);
  }

  private static @Nullable LocalDate dayOf(@Nullable Instant at) {
    return at == null ? null : de.citycloud.platform.procedure.rules.ProcedureRules.local(at).toLocalDate();
  }

  @Override
  @Transactional
  public boolean mayReceive(CaseReference reference) {
    var colleague = staff.signedIn();
    return store.find(reference).filter(file -> work.isInCharge(file, colleague)).flatMap(objecting::find).isPresent();
  }
}
