package de.citycloud.platform.privacy;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Deletes what is kept no longer, by the {@link RetentionRule}s of all modules, and writes down how much. A legal hold
 * keeps what is due.
 */
@Service
public class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int AT_ONCE = 10_000;

  private final List<RetentionRule> rules;
  private final JdbcClient jdbc;
  private final JdbcClient owner;
  private final Municipalities municipalities;
  private final LegalHolds holds;
  private final AuditLog audit;

  Retention(List<RetentionRule> rules, JdbcClient jdbc, @OwnerConnections DataSource owner,
      Municipalities municipalities, LegalHolds holds, AuditLog audit) {
    this.rules = rules.stream().sorted(Comparator.comparing(RetentionRule::key)).toList();
    this.jdbc = jdbc;
    this.owner = JdbcClient.create(owner);
    this.municipalities = municipalities;
    this.holds = holds;
    this.audit = audit;
  }

  /**
   * What would be deleted now.
   *
   * @param due rows and the like whose time is over, held or not
   * @param held true if a hold keeps the whole kind
   */
  public record Due(String rule, Duration period, long due, boolean held) {}

  /** One line of the log. */
  public record Run(String rule, Instant ranAt, Instant startedBefore, long deleted, long held) {}

  /** All rules, by key. */
  public List<RetentionRule> rules() {
    return rules;
  }

  /** A dry run for the current municipality: counts, deletes nothing. */
  public List<Due> preview(Instant now) {
    int municipality = CurrentMunicipality.get().id();
    return rules.stream()
        .map(rule -> new Due(rule.key(), rule.period(),
            rule.countDue(owner, now.minus(rule.period())).getOrDefault(municipality, 0L),
            holds.isRuleHeld(rule.key())))
        .toList();
  }

  /** Deletes what is due in all municipalities; one rule that fails does not keep the others from running. */
  public void runEverywhere(Instant now) {
    for (var rule : rules) {
      try {
        var before = now.minus(rule.period());
        rule.countDue(owner, before).forEach((id, due) -> municipalities.findById(id).ifPresent(
            municipality -> CurrentMunicipality.run(municipality, () -> delete(rule, now, before, due))));
      } catch (DataAccessException e) {
        LOG.error("The retention rule {} could not run now.", rule.key(), e);
      }
    }
  }

  /** Deletes what is due in the current municipality. */
  public void runHere(Instant now) {
    int municipality = CurrentMunicipality.get().id();
    for (var rule : rules) {
      var before = now.minus(rule.period());
      delete(rule, now, before, rule.countDue(owner, before).getOrDefault(municipality, 0L));
    }
  }

  /** The log of the current municipality, newest first, at most {@code most}. */
  public List<Run> listRuns(int most) {
    return jdbc.sql("""
                    select rule, ran_at, started_before, deleted, held from retention_run
                    order by ran_at desc, id desc limit ?
                    """).param(most)
        .query((row, number) -> new Run(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(),
            row.getObject(3, OffsetDateTime.class).toInstant(), row.getLong(4), row.getLong(5)))
        .list();
  }

  private void delete(RetentionRule rule, Instant now, Instant before, long due) {
    if (due == 0 || holds.isRuleHeld(rule.key())) {
      return;
    }
    Set<String> held = holds.heldPersons();
    long deleted = 0;
    long last;
    do {
      last = rule.delete(jdbc, before, held, AT_ONCE);
      deleted += last;
    } while (last >= AT_ONCE);
    if (deleted > 0) {
      jdbc.sql("""
               insert into retention_run (municipality_id, rule, ran_at, started_before, deleted, held)
               values (?, ?, ?, ?, ?, ?)
               """).params(CurrentMunicipality.get().id(), rule.key(), now.atOffset(ZoneOffset.UTC),
          before.atOffset(ZoneOffset.UTC), deleted, Math.max(0, due - deleted)).update();
      audit.record(AuditEntry.of("privacy.retention.ran", rule.key()).with("deleted", deleted));
    }
  }
}
