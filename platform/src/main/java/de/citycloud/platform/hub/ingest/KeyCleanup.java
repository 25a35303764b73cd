package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.database.OwnerConnections;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes what was remembered of requests longer than 24 hours ago, of all municipalities. */
@Component
class KeyCleanup {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCleanup.class);
  private static final int AT_ONCE = 10_000;
  private final DataSource owner;

  KeyCleanup(@OwnerConnections DataSource owner) {
    this.owner = owner;
  }

  @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
  void run() {
    try {
      forgetOldKeys();
    } catch (SQLException e) {
      LOG.info("Old keys could not be deleted now: {}", e.getMessage());
    }
  }

  void forgetOldKeys() throws SQLException {
    try (var connection = owner.getConnection();
        var statement = connection.prepareStatement(
            """
            delete from idempotency_key where ctid in (select ctid from idempotency_key
              where created_at < now() - interval '24 hours' order by created_at limit ? for update skip locked)
            """)) {
      statement.setInt(1, AT_ONCE);
      while (statement.executeUpdate() == AT_ONCE) {
        LOG.debug("More old keys wait.");
      }
    }
  }
}
