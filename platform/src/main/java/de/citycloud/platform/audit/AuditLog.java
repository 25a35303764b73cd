package de.citycloud.platform.audit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** The one way to write the audit log. */
@Service
public class AuditLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  /** @param jdbc connections behind the wall; any number of logs may write to the same store */
  public AuditLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds {@code entry} to the log of the current municipality, in the caller's transaction: both happen or neither.
   * Until that transaction ends, others who write the same log wait, so call it last.
   */
  public void record(AuditEntry entry) {
    jdbc.sql("select audit_append(?, ?, ?, ?, ?)").params(entry.action(), entry.object(), entry.actor().text(),
        entry.purpose(), JSON.writeValueAsString(entry.details())).query(Long.class).single();
  }
}
