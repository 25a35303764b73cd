package de.citycloud.platform.procedure.payment;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseReference;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import de.citycloud.platform.procedure.payment.PaymentProvider.Order;
import de.citycloud.platform.procedure.payment.PaymentProvider.Standing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Payments of fees. At most one payment of a case is open or paid, by a unique index; what a provider says twice counts
 * once; a payment of another amount than asked for counts as none, and somebody has to look.
 */
@Service
public class Payments {
  private static final Logger LOG = LoggerFactory.getLogger(Payments.class);
  /** A payment that its provider does not know to be paid after this time is given up; one can begin anew. */
  static final Duration PATIENCE = Duration.ofHours(24);

  private final JdbcClient jdbc;
  private final List<PaymentProvider> providers;
  private final CitizenCases cases;
  private final AuditLog audit;
  private final TransactionTemplate transaction;

  Payments(JdbcClient jdbc, List<PaymentProvider> providers, CitizenCases cases, AuditLog audit,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.providers = List.copyOf(providers);
    this.cases = cases;
    this.audit = audit;
    this.transaction = transaction;
  }

  private record Payment(UUID id, String reference, String provider, String providerReference, BigDecimal amount,
      String state, String address, Instant startedAt) {}

  /** True if the current municipality takes fees online. */
  public boolean isOffered() {
    return providers.stream().anyMatch(PaymentProvider::isOffered);
  }

  /**
   * Begins the payment of a case, or goes on with the one that is open; returns where the person pays. Empty if it is
   * paid.
   *
   * @param amount the fee in euros
   * @param back address to return to
   * @throws CityProblem {@code payment-not-offered} (409)
   */
  public Optional<String> start(CaseReference reference, BigDecimal amount, String back, Locale language) {
    var known = current(reference);
    if (known.isPresent() && known.get().state.equals("OPEN")) {
      settle(known.get());
      known = current(reference);
    }
    if (known.isPresent()) {
      return known.filter(payment -> payment.state.equals("OPEN")).map(Payment::address);
    }
    var provider = providers.stream().filter(PaymentProvider::isOffered).findFirst()
        .orElseThrow(() -> new CityProblem("payment-not-offered", HttpStatus.CONFLICT,
            "This municipality takes no fees online.\nMaybe wait for the invoice."));
    var started = provider.start(new Order(amount.setScale(2), reference.text(), back, language));
    int made = jdbc.sql("""
                        insert into payment (municipality_id, id, reference, provider, provider_reference, amount,
                          state, address) values (?, ?, ?, ?, ?, ?, 'OPEN', ?)
                        on conflict do nothing
                        """).params(CurrentMunicipality.get().id(), UUID.randomUUID(), reference.text(), provider.key(),
        started.reference(), amount, started.address()).update();
    // Somebody pressed the button twice: the payment that came first counts, the other one is never shown.
    return made > 0 ? Optional.of(started.address()) : current(reference).map(Payment::address);
  }

  /** The open or paid payment of a case. */
  private Optional<Payment> current(CaseReference reference) {
    return jdbc.sql("select * from payment where reference = ? and state in ('OPEN', 'PAID')").param(reference.text())
        .query((row, number) -> read(row)).optional();
  }

  private static Payment read(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Payment(row.getObject("id", UUID.class), row.getString("reference"), row.getString("provider"),
        row.getString("provider_reference"), row.getBigDecimal("amount"), row.getString("state"),
        row.getString("address"), row.getObject("started_at", java.time.OffsetDateTime.class).toInstant());
  }

  /** Takes a notification; false if it is not from the provider, or about nothing of ours. */
  public boolean take(String providerKey, byte[] body, String signature) {
    return providers.stream().filter(provider -> provider.key().equals(providerKey)).findFirst()
        .flatMap(provider -> provider.read(body, signature)).filter(standing -> believe(providerKey, standing))
        .isPresent();
  }

  /** Asks the provider about the open payment of a case, for somebody who came back from it. */
  public void refresh(CaseReference reference) {
    current(reference).filter(payment -> payment.state.equals("OPEN")).ifPresent(this::settle);
  }

  /** Asks about payments of this municipality that nobody told us about for five minutes; returns how many were open. */
  int askOpen() {
    var open = jdbc.sql("""
                        select * from payment where state = 'OPEN' and asked_at < ? order by asked_at limit 100
                        """).param(Instant.now().minus(Duration.ofMinutes(5)).atOffset(ZoneOffset.UTC))
        .query((row, number) -> read(row)).list();
    open.forEach(this::settle);
    return open.size();
  }

  private void settle(Payment payment) {
    jdbc.sql("update payment set asked_at = now() where id = ?").param(payment.id).update();
    var provider = providers.stream().filter(known -> known.key().equals(payment.provider)).findFirst();
    try {
      var standing = provider.flatMap(known -> known.ask(payment.providerReference));
      standing.ifPresent(known -> believe(payment.provider, known));
      if (standing.filter(known -> known.state() != PaymentProvider.State.OPEN).isEmpty()
          && payment.startedAt.isBefore(Instant.now().minus(PATIENCE))) {
        end(payment.provider, payment.providerReference, "EXPIRED");
      }
    } catch (RuntimeException e) {
      LOG.warn("The provider {} could not say how payment {} stands: {}", payment.provider, payment.id,
          e.getClass().getSimpleName());
    }
  }

  /** True if it is about a payment of ours. */
  private boolean believe(String provider, Standing standing) {
    var payment = jdbc.sql("select * from payment where provider = ? and provider_reference = ?").param(provider)
        .param(standing.reference()).query((row, number) -> read(row)).optional();
    payment.ifPresent(known -> {
      switch (standing.state()) {
        case OPEN -> {
        }
        case FAILED -> end(provider, standing.reference(), "FAILED");
        case PAID -> paid(known, standing.amount());
      }
    });
    return payment.isPresent();
  }

  private void paid(Payment payment, BigDecimal amount) {
    if (payment.amount.compareTo(amount) != 0) {
      LOG.warn("Payment {} is over {} euros, expected {}: it counts as not paid. Maybe look at the provider {}.",
          payment.id, amount, payment.amount, payment.provider);
      return;
    }
    transaction.executeWithoutResult(running -> {
      // A payment that failed or was given up here may still be paid there; the money counts, and what was begun since
      // then ends.
      jdbc.sql(
          "update payment set state = 'EXPIRED', ended_at = now() where reference = ? and id <> ? and state = 'OPEN'")
          .params(payment.reference, payment.id).update();
      int first = jdbc.sql("""
                           update payment set state = 'PAID', ended_at = now() where id = ? and state <> 'PAID'
                             and not exists (select 1 from payment other where other.reference = payment.reference
                               and other.id <> payment.id and other.state = 'PAID')
                           """).param(payment.id).update();
      if (first > 0) {
        cases.paid(new CaseReference(payment.reference), payment.provider, payment.providerReference, amount);
        audit.record(AuditEntry.of("payment.paid", "case " + payment.reference));
      } else if (!payment.state.equals("PAID")) {
        LOG.warn("Payment {} is paid, but its case was paid before. Maybe have {} pay it back.", payment.id,
            payment.provider);
      }
    });
  }

  private void end(String provider, String providerReference, String state) {
    jdbc.sql(
        "update payment set state = ?, ended_at = now() where provider = ? and provider_reference = ? and state = 'OPEN'")
        .param(state).param(provider).param(providerReference).update();
  }
}
