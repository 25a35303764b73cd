package de.citycloud.platform.privacy;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * What must not be deleted although its time is over: a claim in court, an audit (Art. 17 (3) DSGVO). A hold covers a
 * whole kind of data or everything of one person, until somebody lifts it.
 */
@Service
public class LegalHolds {
  private final JdbcClient jdbc;
  private final AuditLog audit;

  LegalHolds(JdbcClient jdbc, AuditLog audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /** One hold; either {@code rule} or {@code person} is null. */
  public record Hold(int id, @Nullable String rule, @Nullable String person, String reason, String setBy,
      Instant setAt) {}

  /** Holds a kind of data, by the key of its {@link RetentionRule}. */
  public void holdRule(String rule, String reason) {
    hold(rule, null, reason);
  }

  /** Holds everything of a person. */
  public void holdPerson(Person person, String reason) {
    hold(null, person.id(), reason);
  }

  /** Ends a hold; false if there is none. */
  public boolean lift(int id) {
    boolean lifted = jdbc.sql("update legal_hold set lifted_at = now() where id = ? and lifted_at is null").param(id)
        .update() > 0;
    if (lifted) {
      audit.record(AuditEntry.of("privacy.hold.lifted", "hold " + id));
    }
    return lifted;
  }

  /** The holds of the current municipality, oldest first. */
  public List<Hold> listAll() {
    return jdbc
        .sql("select id, rule, person, reason, set_by, set_at from legal_hold where lifted_at is null order by id")
        .query((row, number) -> new Hold(row.getInt(1), row.getString(2), row.getString(3), row.getString(4),
            row.getString(5), row.getObject(6, OffsetDateTime.class).toInstant()))
        .list();
  }

  /** True if something holds everything of {@code person}. */
  public boolean isHeld(Person person) {
    return heldPersons().contains(person.id());
  }

  /** True if a whole kind of data is held. */
  public boolean isRuleHeld(String rule) {
    return listAll().stream().anyMatch(hold -> rule.equals(hold.rule));
  }

  /** Ids of all persons whose data is held. */
  public Set<String> heldPersons() {
    return listAll().stream().filter(hold -> hold.person != null).map(hold -> String.valueOf(hold.person))
        .collect(Collectors.toUnmodifiableSet());
  }

  private void hold(@Nullable String rule, @Nullable String person, String reason) {
    int id = jdbc
        .sql("""
             insert into legal_hold (municipality_id, rule, person, reason, set_by) values (?, ?, ?, ?, ?) returning id
             """)
        .param(CurrentMunicipality.get().id()).param(rule).param(person).param(reason)
        .param(Person.findSignedIn().map(Person::id).orElse("program")).query(Integer.class).single();
    audit.record(AuditEntry.of("privacy.hold.set", "hold " + id).with("of", rule == null ? "person" : rule));
  }
}
