package de.citycloud.platform.privacy;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reading data of somebody else: it needs a permission and a purpose stated before, and the person sees who read. Whoever reads their
 * own data leaves no trace here.
 */
@Service
public class Readings {
  private static final String PERMISSION = "MAY_READ_PERSON_DATA";

  private final JdbcClient jdbc;
  private final List<ProcessingActivity> activities;
  private final AuditLog audit;
  private final TransactionTemplate transaction;

  Readings(JdbcClient jdbc, List<ProcessingActivity> activities, AuditLog audit, TransactionTemplate transaction) {
    this.transaction = transaction;
    this.jdbc = jdbc;
    this.activities = List.copyOf(activities);
    this.audit = audit;
  }

  /**
   * What for.
   *
   * @param activity key of a {@link ProcessingActivity}
   * @param purpose the reader must have stated it in this session, e.g. {@code RIGHTS_REQUEST}; with {@code FOR_} before
   *     it, it is an authority of theirs
   * @param reference the case or request it is for, 1 to 200 characters
   */
  public record Reason(String activity, String purpose, String reference) {}

  /** One reading as the person sees it. */
  public record Reading(Instant at, String reader, String activity, String reference, String what) {}

  /**
   * Opens data of {@code subject}: checks, writes the log, then reads.
   *
   * @param what message key of what is opened, e.g. {@code privacy.reading.all}
   * @throws CityProblem {@code reading-refused} if nobody is signed in who may, or the purpose is missing or was
   *     not stated
   */
  public <T> T open(Person subject, Reason reason, String what, Supplier<T> read) {
    var reader = Person.findSignedIn();
    if (reader.filter(subject::equals).isEmpty()) {
      if (activities.stream().noneMatch(known -> known.key().equals(reason.activity)) || reason.reference.isBlank()) {
        throw refused("Purpose and reference are \"%s\" and \"%s\"".formatted(reason.activity, reason.reference),
            "a declared purpose and a case");
      }
      if (reader.isEmpty() || !has(PERMISSION)) {
        throw refused("The reader has no permission", "one to read data of persons");
      }
      if (!has("FOR_" + reason.purpose)) {
        throw refused("The reader has not stated the purpose " + reason.purpose, "that within the last half hour");
      }
      note(subject, reader.get(), reason, what);
    }
    return read.get();
  }

  /** Both logs or none, and before anything is read. */
  private void note(Person subject, Person reader, Reason reason, String what) {
    transaction.executeWithoutResult(running -> {
      long id = jdbc.sql("""
                         insert into reading (municipality_id, person, reader, activity, reference, what)
                         values (?, ?, ?, ?, ?, ?) returning id
                         """).params(CurrentMunicipality.get().id(), subject.id(), reader.id(), reason.activity,
          reason.reference.strip(), what).query(Long.class).single();
      // By number alone: the audit log outlives an erasure.
      audit.record(AuditEntry.of("privacy.person.read", "reading " + id).forPurpose(reason.activity));
    });
  }

  /** Who read data of {@code subject}, newest first, at most 500. */
  public List<Reading> listOf(Person subject) {
    return jdbc.sql("""
                    select at, reader, activity, reference, what from reading where person = ?
                    order by at desc, id desc limit 500
                    """).param(subject.id())
        .query((row, number) -> new Reading(row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2),
            row.getString(3), row.getString(4), row.getString(5)))
        .list();
  }

  private static boolean has(String needed) {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.isAuthenticated() && authentication.getAuthorities().stream()
        .anyMatch(authority -> needed.equals(authority.getAuthority()));
  }

  private static CityProblem refused(String value, String expected) {
    return new CityProblem("reading-refused", HttpStatus.FORBIDDEN,
        """
        %s, expected %s. Nothing was read.
        Maybe state the purpose first, and open the data from the case it belongs to.\
        """.formatted(value, expected));
  }
}
