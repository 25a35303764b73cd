package de.citycloud.platform.procedure.payment;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One payment as it stands in the store.
 *
 * @param reference of the case
 * @param provider its key
 * @param providerReference its number there
 * @param amount that was asked for, in euros
 * @param received what came, in euros; null unless money came
 * @param address where the person pays
 * @param endedAt null while it is open
 */
record Payment(UUID id, String reference, String provider, String providerReference, BigDecimal amount,
    @Nullable BigDecimal received, State state, String address, Instant startedAt, @Nullable Instant endedAt) {
  /** Where a payment stands. */
  enum State {
    /** The person is at the provider, or the provider has not said yet. */
    OPEN,
    /** Settles the fee. */
    PAID,
    /** The provider says that nothing came of it. */
    FAILED,
    /** Given up here; money that comes all the same counts. */
    EXPIRED,
    /** Money of another amount came; a person says what becomes of it. */
    CHECK,
    /** Money came that is not owed; a person pays it back. */
    REFUND,
    /** It was paid back. */
    RETURNED;

    /** True if money came: nothing that the provider says later changes that. */
    boolean isFinal() {
      return this != OPEN && this != FAILED && this != EXPIRED;
    }
  }

  static Payment read(ResultSet row, int number) throws SQLException {
    var ended = row.getObject("ended_at", OffsetDateTime.class);
    return new Payment(row.getObject("id", UUID.class), row.getString("reference"), row.getString("provider"),
        row.getString("provider_reference"), row.getBigDecimal("amount"), row.getBigDecimal("received"),
        State.valueOf(row.getString("state")), row.getString("address"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(), ended == null ? null : ended.toInstant());
  }
}
