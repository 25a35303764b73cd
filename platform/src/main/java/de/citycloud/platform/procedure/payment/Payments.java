package de.citycloud.platform.procedure.payment;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseReference;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import de.citycloud.platform.procedure.payment.Payment.State;
import de.citycloud.platform.procedure.payment.PaymentProvider.Order;
import de.citycloud.platform.procedure.payment.PaymentProvider.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Payments of fees. At most one payment of a case is open or paid; what a provider says twice counts once. Money that
 * does not settle the fee is never lost: it ends in a state of its own, the case and its office learn of it, and a
 * person clears it ({@link MoneyPages}).
 */
@Service
public class Payments {
  private static final Logger LOG = LoggerFactory.getLogger(Payments.class);
  /** A payment that its provider does not know to be paid after this time is given up; one can begin anew. */
  static final Duration PATIENCE = Duration.ofHours(24);
  /** So long a provider may tell by itself before we ask. */
  private static final Duration ASK_AFTER = Duration.ofMinutes(5);

  private final PaymentStore store;
  private final List<PaymentProvider> providers;
  private final CitizenCases cases;
  private final AuditLog audit;
  private final TransactionTemplate transaction;

  Payments(PaymentStore store, List<PaymentProvider> providers, CitizenCases cases, AuditLog audit,
      TransactionTemplate transaction) {
    this.store = store;
    this.providers = List.copyOf(providers);
    this.cases = cases;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** True if the current municipality takes fees online. */
  public boolean isOffered() {
    return providers.stream().anyMatch(PaymentProvider::isOffered);
  }

  /**
   * Begins the payment of a case, or goes on with the one that is open; returns where the person pays. Empty if money
   * has come.
   *
   * @param amount the fee in euros
   * @param back address to return to
   * @throws CityProblem {@code payment-not-offered} or {@code payment-unreachable} (409)
   */
  public Optional<String> start(CaseReference reference, BigDecimal amount, String back, Locale language) {
    refresh(reference);
    var known = store.current(reference.text());
    if (known.isPresent()) {
      return known.filter(payment -> payment.state() == State.OPEN).map(Payment::address);
    }
    var provider = providers.stream().filter(PaymentProvider::isOffered).findFirst()
        .orElseThrow(() -> new CityProblem("payment-not-offered", HttpStatus.CONFLICT,
            "This municipality takes no fees online.\nMaybe wait for the invoice."));
    var order = new Order(amount.setScale(2, RoundingMode.UNNECESSARY), reference.text(), back, language);
    // Somebody pressed the button twice: the payment that came first counts, the other one is never shown.
    store.add(reference.text(), provider.key(), amount, started(provider, order));
    return store.current(reference.text()).filter(payment -> payment.state() == State.OPEN).map(Payment::address);
  }

  private static PaymentProvider.Started started(PaymentProvider provider, Order order) {
    try {
      return provider.start(order);
    } catch (RuntimeException e) {
      LOG.warn("The provider {} began no payment: {}. Maybe it is down.", provider.key(),
          e.getClass().getSimpleName());
      throw new CityProblem("payment-unreachable", HttpStatus.CONFLICT,
          "The payment service does not answer. Nothing was paid.\nMaybe try again later, or take an invoice.");
    }
  }

  /** What became of the last payment of a case, for the person who pays: {@code failed}, {@code expired} or empty. */
  public String trouble(CaseReference reference) {
    return store.newest(reference.text()).map(Payment::state)
        .filter(state -> state == State.FAILED || state == State.EXPIRED)
        .map(state -> state.name().toLowerCase(Locale.ROOT)).orElse("");
  }

  /** Takes a notification; false if it is not from the provider, or about nothing of ours. */
  public boolean take(String providerKey, byte[] body, String signature) {
    return providers.stream().filter(provider -> provider.key().equals(providerKey)).findFirst()
        .flatMap(provider -> read(provider, body, signature)).filter(standing -> believe(providerKey, standing))
        .isPresent();
  }

  private static Optional<Standing> read(PaymentProvider provider, byte[] body, String signature) {
    try {
      return provider.read(body, signature);
    } catch (RuntimeException e) {
      LOG.warn("A notification for the provider {} could not be read: {}.", provider.key(),
          e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** Asks the provider about the last payment of a case, also one that was given up, for somebody who came back. */
  public void refresh(CaseReference reference) {
    store.newest(reference.text()).filter(payment -> !payment.state().isFinal()).ifPresent(this::settle);
  }

  /** Takes an invoice in place of the payment; a payment that is open is given up, unless money has come meanwhile. */
  public void giveUp(CaseReference reference) {
    refresh(reference);
    transaction.executeWithoutResult(running -> {
      store.lock(reference.text()).forEach(payment -> store.end(payment, State.EXPIRED));
      cases.payByInvoice(reference);
    });
  }

  /** Asks about payments of this municipality that nobody told us about for five minutes; returns how many were open. */
  int askOpen() {
    var open = store.listOpen(Instant.now().minus(ASK_AFTER));
    open.forEach(this::settle);
    return open.size();
  }

  private void settle(Payment payment) {
    store.asked(payment);
    var standing = Optional.<Standing>empty();
    try {
      standing = providers.stream().filter(known -> known.key().equals(payment.provider())).findFirst()
          .flatMap(known -> known.ask(payment.providerReference()));
    } catch (RuntimeException e) {
      LOG.warn("The provider {} could not say how payment {} stands: {}", payment.provider(), payment.id(),
          e.getClass().getSimpleName());
    }
    standing.ifPresent(known -> believe(payment.provider(), known));
    if (payment.startedAt().isBefore(Instant.now().minus(PATIENCE))) {
      store.end(payment, State.EXPIRED);
    }
  }

  /** True if it is about a payment of ours. */
  private boolean believe(String provider, Standing standing) {
    var payment = store.find(provider, standing.reference());
    payment.ifPresent(known -> {
      switch (standing.state()) {
        case OPEN -> {
        }
        case FAILED -> store.end(known, State.FAILED);
        case PAID -> transaction.executeWithoutResult(running -> paid(known, standing.amount()));
      }
    });
    return payment.isPresent();
  }

  private void paid(Payment told, BigDecimal amount) {
    var all = store.lock(told.reference());
    var payment = all.stream().filter(one -> one.id().equals(told.id())).findFirst().orElseThrow();
    if (payment.state().isFinal()) {
      return; // said before
    }
    var money = cases.paid(new CaseReference(payment.reference()), payment.provider(), payment.providerReference(),
        amount);
    var state = switch (money) {
      case COUNTED -> State.PAID;
      case OTHER_AMOUNT -> State.CHECK;
      case NOT_OWED -> State.REFUND;
    };
    // A payment that failed or was given up here may still be paid there: what was begun since then ends.
    all.stream().filter(other -> !other.id().equals(payment.id())).forEach(other -> store.end(other, State.EXPIRED));
    store.received(payment, state, amount);
    audit.record(AuditEntry.of(state == State.PAID ? "payment.paid" : "payment.to-clear", "case " + payment.reference())
        .with("state", state));
    if (state != State.PAID) {
      LOG.warn("Payment {} over {} euros brought {}: {}. Maybe look at the money to clear of office and provider {}.",
          payment.id(), payment.amount(), amount, money, payment.provider());
    }
  }
}
