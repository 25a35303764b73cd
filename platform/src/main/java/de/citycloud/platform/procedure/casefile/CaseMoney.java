package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.message.Messages;
import de.citycloud.platform.message.Text;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.procedure.casefile.CaseStatus.PaymentState;
import de.citycloud.platform.procedure.casefile.CitizenCases.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * What money does to a case. What settles the fee is noted; anything else is noted too, told to the office and the
 * applicant once, and waits for a person. In the caller's transaction.
 */
@Component
class CaseMoney {
  private final CaseStore store;
  private final CaseReplies replies;
  private final CaseMail mail;
  private final Offices offices;
  private final Messages messages;
  private final AuditLog audit;

  CaseMoney(CaseStore store, CaseReplies replies, CaseMail mail, Offices offices, Messages messages, AuditLog audit) {
    this.store = store;
    this.replies = replies;
    this.mail = mail;
    this.offices = offices;
    this.messages = messages;
    this.audit = audit;
  }

  Money take(CaseFile file, String provider, String providerReference, BigDecimal amount) {
    var name = provider + " " + providerReference;
    var kept = name.substring(0, Math.min(200, name.length()));
    return switch (file.payment()) {
      case OPEN, INVOICE, CHECK -> amount.compareTo(file.fee()) == 0
          ? settled(file, kept, provider)
          : strange(file, PaymentState.CHECK, "payment-differs", Money.OTHER_AMOUNT);
      case PAID -> store.isPaidBy(file, kept)
          ? Money.COUNTED
          : strange(file, PaymentState.PAID, "paid-again", Money.NOT_OWED);
      case NONE, CANCELLED, REFUND -> strange(file, PaymentState.REFUND, "payment-not-owed", Money.NOT_OWED);
    };
  }

  private Money settled(CaseFile file, String reference, String provider) {
    store.payment(file, PaymentState.PAID, reference);
    store.event(file.id(), Instant.now(), "paid");
    store.touch(file, false);
    audit.record(AuditEntry.of("case.paid", file.inLog()).with("provider", provider));
    return Money.COUNTED;
  }

  private Money strange(CaseFile file, PaymentState state, String event, Money what) {
    var now = Instant.now();
    store.payment(file, state, null);
    store.event(file.id(), now, event);
    store.touch(file, true);
    tellApplicant(file, now);
    offices.find(file.office()).filter(office -> MailAddress.isValid(office.email()))
        .ifPresent(office -> messages.send(new MailAddress(office.email()), new Text("case.money", Locale.GERMAN,
            List.of(office.name(), file.reference().text(), CurrentMunicipality.get().name()), null, file.inLog())));
    audit.record(AuditEntry.of("case.money-to-clear", file.inLog()).with("what", event));
    return what;
  }

  /** An invoice in place of a payment that is not made; nothing happens if none is due. */
  void byInvoice(CaseFile file) {
    if (file.payment() == PaymentState.OPEN) {
      store.payment(file, PaymentState.INVOICE, null);
      store.event(file.id(), Instant.now(), "invoice-chosen");
      store.touch(file, false);
      audit.record(AuditEntry.of("case.invoice-chosen", file.inLog()));
    }
  }

  /** Somebody has cleared it. @param counts true if the fee is settled by it, false if it was paid back */
  void clear(CaseFile file, boolean counts) {
    var now = Instant.now();
    var after = counts
        ? PaymentState.PAID
        : switch (file.payment()) {
          case CHECK -> PaymentState.OPEN;
          case REFUND -> PaymentState.CANCELLED;
          case NONE, OPEN, PAID, INVOICE, CANCELLED -> file.payment();
        };
    store.payment(file, after, null);
    store.event(file.id(), now, counts ? "paid" : "payment-returned");
    tellApplicant(file, now);
  }

  private void tellApplicant(CaseFile file, Instant now) {
    var work = replies.work(file, now);
    mail.tell(file, work.procedure(), work.application().email(), "payment");
  }
}
