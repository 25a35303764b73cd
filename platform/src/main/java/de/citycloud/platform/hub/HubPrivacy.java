package de.citycloud.platform.hub;

import de.citycloud.platform.privacy.ExpiringRows;
import de.citycloud.platform.privacy.ProcessingActivity;
import de.citycloud.platform.privacy.RetentionRule;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps that could concern somebody, and for how long. */
@Configuration(proxyBeanMethods = false)
class HubPrivacy {
  private static final Duration MONTH = Duration.ofDays(30);

  @Bean
  ProcessingActivity sourceFaultsActivity() {
    return new ProcessingActivity("source-faults");
  }

  @Bean
  RetentionRule quarantineRule() {
    return new ExpiringRows("quarantine", "quarantine", "last_at", MONTH);
  }

  @Bean
  RetentionRule mqttRejectionRule() {
    return new ExpiringRows("mqtt-rejection", "mqtt_rejection", "last_at", MONTH);
  }

  @Bean
  RetentionRule idempotencyKeyRule() {
    return new ExpiringRows("idempotency-key", "idempotency_key", "created_at", Duration.ofDays(1));
  }
}
