package de.citycloud.platform.procedure.casefile;

import java.util.stream.Collectors;
import java.util.Set;
import java.util.Collection;
import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.Readings;
import de.citycloud.platform.procedure.pack.Flow;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The desk: what staff sees. What they change is {@link CaseWork}; each change is one transaction. */
@Service
class StoredCaseDesk implements CaseDesk {
  private static final String ACTIVITY = "case-work";
  private static final String PURPOSE = "CASE_WORK";

  private final CaseStore store;
  private final CaseTasks tasks;
  private final CaseDecisions decisions;
  private final CasePapers papers;
  private final CaseViews views;
  private final CaseStaff staff;
  private final CaseInbox inbox;
  private final CaseWork work;
  private final CaseAbsences absences;
  private final CaseStatistics statistics;
  private final CaseWords words;
  private final Readings readings;
  private final AuditLog audit;
  private final CaseMoney money;

  StoredCaseDesk(CaseStore store, CaseTasks tasks, CaseDecisions decisions, CasePapers papers, CaseViews views,
      CaseStaff staff, CaseInbox inbox, CaseWork work, CaseAbsences absences, CaseStatistics statistics,
      CaseWords words, Readings readings, AuditLog audit, CaseMoney money) {
    this.store = store;
    this.tasks = tasks;
    this.decisions = decisions;
    this.papers = papers;
    this.views = views;
    this.staff = staff;
    this.inbox = inbox;
    this.work = work;
    this.absences = absences;
    this.statistics = statistics;
    this.words = words;
    this.readings = readings;
    this.audit = audit;
    this.money = money;
  }

  @Override
  public Page list(View view, @Nullable String procedure, @Nullable String search, int page) {
    return inbox.list(staff.signedIn(), view, procedure, search, page);
  }

  @Override
  public Map<View, Long> counts() {
    return inbox.counts(staff.signedIn());
  }

  @Override
  public long count(View view) {
    return inbox.count(staff.signedIn(), view);
  }

  @Override
  public Optional<Opened> open(CaseReference reference) {
    var colleague = staff.signedIn();
    return store.find(reference).filter(file -> work.isOf(file, colleague))
        .map(file -> read(file, colleague, "case.reading.file", () -> opened(file, colleague)));
  }

  @Override
  public Optional<byte[]> content(CaseReference reference, long document) {
    var colleague = staff.signedIn();
    return store.find(reference).filter(file -> work.isOf(file, colleague)).flatMap(
        file -> read(file, colleague, "case.reading.document", () -> papers.content(file, document)));
  }

  /** Logged with the account of the applicant, or with the case: either way they see it. */
  private <T> T read(CaseFile file, CaseStaff.Colleague colleague, String what,
      java.util.function.Supplier<T> reading) {
    if (Integer.valueOf(colleague.account()).equals(file.account())) {
      throw CaseRules.ownCase(colleague.account(), file.reference().text());
    }
    // The log first, for itself; then everything on one connection, and each key fetched once.
    return readings.open(subject(file), new Readings.Reason(ACTIVITY, PURPOSE, file.reference().text()), what,
        () -> views.together(reading));
  }

  private static Person subject(CaseFile file) {
    return file.account() == null ? file.person() : Person.ofAccount(file.account());
  }

  @Override
  public List<Readings.Reading> readings(CaseReference reference) {
    var colleague = staff.signedIn();
    return store.find(reference).filter(file -> work.isOf(file, colleague)).stream()
        .flatMap(file -> readings.listOf(subject(file)).stream())
        .filter(reading -> reading.reference().equals(reference.text())).toList();
  }

  private Opened opened(CaseFile file, CaseStaff.Colleague colleague) {
    var status = views.whole(file);
    var pack = status.procedure().pack();
    var all = tasks.listOf(file);
    var open = all.stream().filter(task -> task.doneAt() == null).map(task -> shown(file, task, pack.flow(),
        colleague)).toList();
    var heard = all.stream().filter(task -> task.kind() == Flow.Task.Kind.HEARING && task.outcome() != null)
        .map(task -> new Heard(task.office(), task.doneAt() == null ? task.since() : task.doneAt(),
            String.valueOf(task.outcome()), words.openText(file.person(), CaseWork.TASK_WORDS, task.words())))
        .toList();
    boolean secondLook = pack.flow().nodes().values().stream()
        .anyMatch(node -> node instanceof Flow.Task task && task.kind() == Flow.Task.Kind.SECOND_LOOK);
    if (work.isInCharge(file, colleague)) {
      store.seen(file);
    }
    return new Opened(status, file.version(), file.office(), file.assignee(), file.channel(), file.dueOn(),
        file.asked() != null, open, heard, decisions.listOf(file).stream().map(CaseDecisions.Made::shown).toList(),
        papers.notes(file), views.applicationOf(file, status.procedure()).email(), secondLook);
  }

  private OpenTask shown(CaseFile file, CaseTasks.Task task, Flow flow, CaseStaff.Colleague colleague) {
    var outcomes = new LinkedHashMap<String, String>();
    if (flow.nodes().get(task.node()) instanceof Flow.Task node) {
      node.outcomes()
          .forEach((key, name) -> outcomes.put(key, name.in(LocaleContextHolder.getLocale())));
    }
    return new OpenTask(task.id(), task.node(), task.kind(), task.office(), task.since(),
        task.elsewhere() ? task.assignee() : file.assignee(), work.mayComplete(file, task, colleague), outcomes);
  }

  @Override
  @Transactional
  public void assign(CaseReference reference, @Nullable Integer account) {
    work.assign(reference, account);
  }

  @Override
  @Transactional
  public void complete(CaseReference reference, long task, String outcome, String text,
      @Nullable DecisionWords decision, long version) {
    work.complete(reference, task, outcome, text, decision, version);
  }

  @Override
  @Transactional
  public void requestInformation(CaseReference reference, String text, LocalDate until, long version) {
    work.requestInformation(reference, text, until, version);
  }

  @Override
  @Transactional
  public void endWaiting(CaseReference reference, long version) {
    work.endWaiting(reference, version);
  }

  @Override
  @Transactional
  public void write(CaseReference reference, String text) {
    work.write(reference, text);
  }

  @Override
  @Transactional
  public void note(CaseReference reference, String text) {
    work.note(reference, text);
  }

  @Override
  @Transactional
  public void addFile(CaseReference reference, Submission.Attachment file) {
    work.addFile(reference, file);
  }

  @Override
  @Transactional
  public void correct(CaseReference reference, long decision, DecisionWords words, long version) {
    work.correct(reference, decision, words, version);
  }

  @Override
  @Transactional
  public void withdrawDecision(CaseReference reference, long decision, String grounds, long version) {
    work.withdrawDecision(reference, decision, grounds, version);
  }

  @Override
  @Transactional
  public void handOver(CaseReference reference, String office, @Nullable String otherAuthority, String reason,
      long version) {
    work.handOver(reference, office, otherAuthority, reason, version);
  }

  @Override
  @Transactional
  public void print(CaseReference reference, long document, List<String> address) {
    work.print(reference, document, address);
  }

  @Override
  public Set<CaseReference> inCharge(Collection<CaseReference> references) {
    if (references.isEmpty()) {
      return Set.of();
    }
    var colleague = staff.signedIn();
    boolean leads = staff.leads();
    var offices = store.officesOf(references);
    return references.stream().filter(one -> {
      var office = offices.get(one);
      return office == null ? leads : colleague.worksIn(office);
    }).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  @Transactional
  public void clearMoney(CaseReference reference, boolean counts) {
    if (store.find(reference).isPresent()) {
      var file = work.lockInCharge(reference, null);
      money.clear(file, counts);
      work.done(file, "case.money-cleared");
    }
  }

  @Override
  public List<Substitution> substitutions() {
    return absences.listOf(staff.signedIn());
  }

  @Override
  @Transactional
  public void substitute(Substitution substitution) {
    var colleague = staff.signedIn();
    absences.set(colleague, staff.leads(), substitution);
    audit.record(AuditEntry.of("case.substitution-set", "account " + substitution.away()));
  }

  @Override
  public List<Numbers> statistics() {
    staff.signedIn();
    return statistics.last24Months();
  }
}
