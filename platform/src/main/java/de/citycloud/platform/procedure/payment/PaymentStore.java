package de.citycloud.platform.procedure.payment;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.payment.Payment.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Payments of the current municipality. A unique index lets at most one of a case be open or paid. */
@Component
class PaymentStore {
  private final JdbcClient jdbc;

  PaymentStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds an open payment; false if the case has one that is open or paid. */
  boolean add(String reference, String provider, BigDecimal amount, PaymentProvider.Started started) {
    return jdbc.sql("""
                    insert into payment (municipality_id, id, reference, provider, provider_reference, amount,
                      state, address) values (?, ?, ?, ?, ?, ?, 'OPEN', ?)
                    on conflict do nothing
                    """).params(CurrentMunicipality.get().id(), UUID.randomUUID(), reference, provider,
        started.reference(), amount, started.address()).update() > 0;
  }

  /** The payment of a case that is open or brought money: while there is one, none is begun. */
  Optional<Payment> current(String reference) {
    return jdbc.sql("""
                    select * from payment where reference = ? and state in ('OPEN', 'PAID', 'CHECK', 'REFUND')
                    order by started_at desc, id limit 1
                    """).param(reference).query(Payment::read).optional();
  }

  /** The payment of a case that was begun last. */
  Optional<Payment> newest(String reference) {
    return jdbc.sql("select * from payment where reference = ? order by started_at desc, id limit 1").param(reference)
        .query(Payment::read).optional();
  }

  Optional<Payment> find(String provider, String providerReference) {
    return jdbc.sql("select * from payment where provider = ? and provider_reference = ?").params(provider,
        providerReference).query(Payment::read).optional();
  }

  Optional<Payment> find(UUID id) {
    return jdbc.sql("select * from payment where id = ?").param(id).query(Payment::read).optional();
  }

  /** All payments of a case, for this transaction alone: news about them wait for each other. */
  List<Payment> lock(String reference) {
    return jdbc.sql("select * from payment where reference = ? order by id for update").param(reference)
        .query(Payment::read).list();
  }

  /** Open ones that the provider was not asked about since {@code before}, longest ago first, at most 100. */
  List<Payment> listOpen(Instant before) {
    return jdbc.sql("select * from payment where state = 'OPEN' and asked_at < ? order by asked_at limit 100")
        .param(before.atOffset(ZoneOffset.UTC)).query(Payment::read).list();
  }

  /** Those that a person has to clear, oldest first, at most 200. */
  List<Payment> listToClear() {
    return jdbc.sql("select * from payment where state in ('CHECK', 'REFUND') order by ended_at limit 200")
        .query(Payment::read).list();
  }

  void asked(Payment payment) {
    jdbc.sql("update payment set asked_at = now() where id = ?").param(payment.id()).update();
  }

  /** Ends an open payment without money. */
  void end(Payment payment, State state) {
    jdbc.sql("update payment set state = ?, ended_at = now() where id = ? and state = 'OPEN'").params(state.name(),
        payment.id()).update();
  }

  /** Money came. */
  void received(Payment payment, State state, BigDecimal amount) {
    jdbc.sql("update payment set state = ?, received = ?, ended_at = now() where id = ?")
        .params(state.name(), amount, payment.id()).update();
  }

  /** Somebody said what became of the money. */
  void cleared(Payment payment, State state, @Nullable Integer account) {
    jdbc.sql("update payment set state = ?, cleared_at = now(), cleared_by = ? where id = ?").param(state.name())
        .param(account).param(payment.id()).update();
  }
}
