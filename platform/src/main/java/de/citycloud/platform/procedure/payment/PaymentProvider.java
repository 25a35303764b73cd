package de.citycloud.platform.procedure.payment;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody who takes money for the city (German: <i>Bezahldienst</i>), e.g. ePayBL or pmPayment. Every call runs in the
 * current municipality. The city believes a provider only what it signed or answered to a question of ours.
 */
public interface PaymentProvider {
  /** Stable name, lower case letters and hyphens; stands in the address of its notifications. */
  String key();

  /** True if the current municipality takes money through it. */
  boolean isOffered();

  /** What is to be paid. @param amount in euros, more than 0, two decimals @param purpose for the statement; nothing personal @param back address to return to */
  record Order(BigDecimal amount, String purpose, String back, Locale language) {}

  /** A payment that was begun. @param reference of the provider, 1 to 100 characters @param address where the person pays */
  record Started(String reference, String address) {}

  /** Begins a payment. */
  Started start(Order order);

  /** What a payment came to. */
  enum State {
    OPEN, PAID, FAILED
  }

  /** How a payment stands. @param amount what was paid; 0 unless PAID */
  record Standing(String reference, State state, BigDecimal amount) {}

  /** Asks how a payment stands; empty if the provider does not know it. */
  Optional<Standing> ask(String reference);

  /** Reads a notification; empty if the signature is wrong or the body is none of the provider's. */
  Optional<Standing> read(byte[] body, String signature);
}
