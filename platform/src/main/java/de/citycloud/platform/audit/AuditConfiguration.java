package de.citycloud.platform.audit;

import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.database.OwnerConnections;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Signs the heads of the running program. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {
  @Bean
  SignedHeads signedHeads(@OwnerConnections DataSource owner, AuditProperties properties, DatabaseProperties database)
      throws IOException {
    return SignedHeads.open(JdbcClient.create(owner), properties, database.data());
  }

  /** Every minute, and when the program stops. */
  @Component
  static class EveryMinute {
    private static final Logger LOG = LoggerFactory.getLogger(EveryMinute.class);
    private final SignedHeads heads;

    EveryMinute(SignedHeads heads) {
      this.heads = heads;
    }

    @Scheduled(fixedRateString = "PT1M", initialDelayString = "PT1M")
    @PreDestroy
    void sign() {
      try {
        heads.sign();
      } catch (IOException | DataAccessException e) {
        LOG.error("The heads of the audit log could not be signed; it is tried again in a minute.", e);
      }
    }
  }
}
