package de.citycloud.platform.privacy.retention;

import de.citycloud.platform.database.Job;
import de.citycloud.platform.privacy.ExpiringRows;
import de.citycloud.platform.privacy.ProcessingActivity;
import de.citycloud.platform.privacy.Retention;
import de.citycloud.platform.privacy.RetentionRule;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When the engine runs, and the rules and activities of this module's own tables. */
@Configuration(proxyBeanMethods = false)
class PrivacyRetention {
  private static final Duration YEAR = Duration.ofDays(365);

  /** Every minute, because some data is promised to be gone after 15; the counting behind it is cheap. */
  @Bean
  Job retentionJob(Retention retention) {
    var clock = Clock.systemUTC();
    return new Job("retention", Duration.ofMinutes(1), () -> retention.runEverywhere(clock.instant()));
  }

  @Bean
  RetentionRule readingRule() {
    return new ExpiringRows("reading", "reading", "at", YEAR, "person");
  }

  @Bean
  RetentionRule answeredRequestRule() {
    return new ExpiringRows("privacy-request", "privacy_request", "answered_at", YEAR.multipliedBy(3), "person");
  }

  @Bean
  RetentionRule liftedHoldRule() {
    return new ExpiringRows("legal-hold", "legal_hold", "lifted_at", YEAR);
  }

  @Bean
  RetentionRule retentionLogRule() {
    return new ExpiringRows("retention-run", "retention_run", "ran_at", YEAR.multipliedBy(3));
  }

  @Bean
  ProcessingActivity personRightsActivity() {
    return new ProcessingActivity("person-rights");
  }

  /** Declared here because the audit log comes before this module. */
  @Bean
  ProcessingActivity auditLogActivity() {
    return new ProcessingActivity("audit-log");
  }

  /** Declared here for the same reason. */
  @Bean
  ProcessingActivity messagesActivity() {
    return new ProcessingActivity("messages");
  }

  @Bean
  ProcessingActivity openDataReleaseActivity() {
    return new ProcessingActivity("open-data-release");
  }
}
