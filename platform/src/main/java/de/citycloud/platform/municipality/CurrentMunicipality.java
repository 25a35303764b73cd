package de.citycloud.platform.municipality;

import java.util.Optional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The municipality for which the running code works. Bound for the length of a call, never changed within a
 * transaction, since a connection belongs to one municipality.
 */
public final class CurrentMunicipality {
  private static final ScopedValue<Municipality> CURRENT = ScopedValue.newInstance();

  private CurrentMunicipality() {}

  /** @throws IllegalStateException if the code runs for no municipality */
  public static Municipality get() {
    return find()
        .orElseThrow(() -> new IllegalStateException("""
                                                     No municipality is bound here, expected one.
                                                     Maybe wrap the call in CurrentMunicipality.call(municipality, …).\
                                                     """));
  }

  /** The bound municipality; empty outside of any. */
  public static Optional<Municipality> find() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Runs {@code work} for {@code municipality} and returns its result. */
  public static <T, X extends Throwable> T call(Municipality municipality,
      ScopedValue.CallableOp<? extends T, X> work) throws X {
    if (TransactionSynchronizationManager.isActualTransactionActive()
        && find().filter(current -> current.id() != municipality.id()).isPresent()) {
      throw new IllegalStateException("""
                                      A transaction of municipality %s is open, expected none when changing to %s.
                                      Maybe end it first: a connection belongs to one municipality.\
                                      """.formatted(get().slug(), municipality.slug()));
    }
    return ScopedValue.where(CURRENT, municipality).call(work);
  }

  /** Runs {@code work} for {@code municipality}. */
  public static void run(Municipality municipality, Runnable work) {
    call(municipality, () -> {
      work.run();
      return Boolean.TRUE;
    });
  }
}
