package de.citycloud.platform.procedure.payment;

import de.citycloud.platform.database.Job;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.privacy.ExpiringRows;
import de.citycloud.platform.privacy.ProcessingActivity;
import de.citycloud.platform.privacy.RetentionRule;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What payments are kept for, how long, and who asks about those that nobody told us about. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {
  /** Vouchers of a municipality (§ 39 GemKVO). */
  private static final Duration TEN_YEARS = Duration.ofDays(3_653);

  @Bean
  ProcessingActivity feePaymentsActivity() {
    return new ProcessingActivity("fee-payments");
  }

  @Bean
  RetentionRule paymentRule() {
    return new ExpiringRows("payment", "payment", "ended_at", TEN_YEARS);
  }

  @Bean
  RetentionRule testPaymentRule() {
    return new ExpiringRows("test-payment", "test_payment", "created_at", Duration.ofDays(30));
  }

  @Bean
  Job askOpenPayments(Municipalities municipalities, Payments payments) {
    return new Job("ask-open-payments", Duration.ofMinutes(1),
        () -> municipalities.inEach("Asking after payments", payments::askOpen));
  }
}
