package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.Office;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.municipality.WorkingDays;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.procedure.casefile.CaseStatus.PaymentState;
import de.citycloud.platform.procedure.pack.VisibleState;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes applications and what applicants do with their cases; each call is one transaction. */
@Service
class StoredCitizenCases implements CitizenCases {
  private static final String KEY = "case";
  private static final int MOST_ASKED = 3;

  private final CaseStore store;
  private final CaseWords words;
  private final CasePapers papers;
  private final CaseProgress progress;
  private final CaseViews views;
  private final CaseMail mail;
  private final AccessCodes codes;
  private final ProcedureRules rules;
  private final Offices offices;
  private final AuditLog audit;
  private final CaseReplies replies;
  private final Objecting objecting;
  private final CaseMoney money;

  StoredCitizenCases(CaseStore store, CaseWords words, CasePapers papers, CaseProgress progress, CaseViews views,
      CaseMail mail, AccessCodes codes, ProcedureRules rules, Offices offices, AuditLog audit, CaseReplies replies,
      Objecting objecting, CaseMoney money) {
    this.store = store;
    this.words = words;
    this.papers = papers;
    this.progress = progress;
    this.views = views;
    this.mail = mail;
    this.codes = codes;
    this.rules = rules;
    this.offices = offices;
    this.audit = audit;
    this.replies = replies;
    this.objecting = objecting;
    this.money = money;
  }

  @Override
  @Transactional
  public Receipt submit(Submission submission) {
    return store.findSubmission(submission.key()).map(known -> receipt(submission, known))
        .orElseGet(() -> take(submission));
  }

  private Receipt receipt(Submission submission, CaseStore.Known known) {
    return new Receipt(known.reference(), codes.codeOf(submission.key()), known.fee(), known.dueOn());
  }

  private Receipt take(Submission submission) {
    var now = Instant.now();
    var day = ProcedureRules.local(now).toLocalDate();
    var procedure = submission.procedure();
    var person = Person.ofRecord(KEY);
    var application = new CaseWords.Application(submission.answers(), submission.email());
    var fee = rules.assess(procedure, submission.answers(), ProcedureRules.local(now)).fee();
    var processing = procedure.pack().manifest().processing();
    LocalDate due = processing == null ? null : WorkingDays.endOf(day, processing);
    var sealed = words.seal(person, application);
    var codeHash = codes.hash(codes.codeOf(submission.key()));
    for (int tries = 0; tries < MOST_ASKED; tries++) {
      var reference = AccessCodes.newReference(day);
      var id = store.add(new CaseStore.Beginning(reference, person, submission, now, due, fee,
          payment(fee, submission.payNow()), codeHash, sealed));
      if (id.isPresent()) {
        begin(submission, application, reference, now);
        return new Receipt(reference, codes.codeOf(submission.key()), fee, due);
      }
      // Either the same form was sent at the same moment, or the reference is taken.
      var known = store.findSubmission(submission.key());
      if (known.isPresent()) {
        return receipt(submission, known.get());
      }
    }
    throw new IllegalStateException("No free reference was found for a case.");
  }

  private void begin(Submission submission, CaseWords.Application application, CaseReference reference, Instant now) {
    var procedure = submission.procedure();
    var office = procedure.office();
    offices.ensure(new Office(office.key(), office.name(), office.address(), office.phone(), office.email(),
        office.hours()));
    var file = store.find(reference).orElseThrow();
    submission.files().forEach(attachment -> papers.add(file.id(), file.person(), replies.paper(attachment), now));
    store.event(file.id(), now, "received");
    mail.tell(file, procedure, submission.email(), "received", contact(office.phone()));
    progress.start(new CaseProgress.Work(file, procedure, application, now));
    audit.record(AuditEntry.of("case.received", file.inLog()).with("procedure", procedure.pack().id())
        .with("channel", submission.channel().name().toLowerCase(Locale.ROOT)));
  }

  private static String contact(String phone) {
    return phone.isBlank() ? "115" : phone;
  }

  private static PaymentState payment(BigDecimal fee, boolean payNow) {
    return fee.signum() == 0 ? PaymentState.NONE : payNow ? PaymentState.OPEN : PaymentState.INVOICE;
  }

  /** Not one transaction: a wrong try has to stay counted. */
  @Override
  public Optional<CaseStatus> byCode(CaseReference reference, String code, String address) {
    return codes.fits(reference, code, address, store.codeHashOf(reference))
        ? store.find(reference).map(views::whole)
        : Optional.empty();
  }

  @Override
  public Optional<CaseStatus> ofAccount(CaseReference reference, int account) {
    return store.find(reference).filter(file -> Integer.valueOf(account).equals(file.account())).map(views::whole);
  }

  @Override
  public List<CaseStatus> listOf(int account) {
    return store.listOf(account).stream().map(views::brief).toList();
  }

  @Override
  @Transactional
  public void write(CaseReference reference, String text) {
    replies.write(lock(reference), text);
  }

  @Override
  @Transactional
  public void answer(CaseReference reference, String text, List<Submission.Attachment> files) {
    replies.answer(lock(reference), text, files);
  }

  @Override
  @Transactional
  public void withdraw(CaseReference reference) {
    var file = lock(reference);
    if (!file.isUndecided()) {
      throw CaseRules.movedOn(file, "one that is not decided");
    }
    var now = Instant.now();
    progress.stop(replies.work(file, now), VisibleState.WITHDRAWN);
    store.event(file.id(), now, "withdrawn");
    store.touch(file, true);
    audit.record(AuditEntry.of("case.withdrawn", file.inLog()));
  }

  @Override
  @Transactional
  public void object(CaseReference reference, String text) {
    objecting.object(replies.work(lock(reference), Instant.now()), text);
  }

  @Override
  @Transactional
  public void withdrawObjection(CaseReference reference) {
    objecting.takeBack(replies.work(lock(reference), Instant.now()));
  }

  @Override
  public Optional<byte[]> content(CaseReference reference, long document) {
    return store.find(reference).flatMap(file -> papers.content(file, document));
  }

  @Override
  @Transactional
  public Money paid(CaseReference reference, String provider, String providerReference, BigDecimal amount) {
    return store.lock(reference).map(file -> money.take(file, provider, providerReference, amount))
        .orElse(Money.NOT_OWED);
  }

  @Override
  @Transactional
  public void payByInvoice(CaseReference reference) {
    money.byInvoice(lock(reference));
  }

  @Override
  public Optional<Genuine> verify(String code) {
    var bare = code.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
    return bare.length() == 16
        ? papers.verify(bare.replaceAll("(.{4})(?!$)", "$1-"),
            LocaleContextHolder.getLocale().getLanguage().equals("en"))
        : Optional.empty();
  }

  private CaseFile lock(CaseReference reference) {
    return store.lock(reference).orElseThrow(() -> CaseRules.notFound(reference));
  }
}
