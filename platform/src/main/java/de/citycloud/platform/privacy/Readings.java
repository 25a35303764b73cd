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

/**
 * Reading data of somebody else: it needs a permission and a purpose, and the person sees who read. Whoever reads their
 * own data leaves no trace here.
 */
@Service
public class Readings {
  private static final String PERMISSION = "MAY_READ_PERSON_DATA";

  private final JdbcClient jdbc;
  private final List<ProcessingActivity> activities;
  private final AuditLog audit;

  Readings(JdbcClient jdbc, List<ProcessingActivity> activities, AuditLog audit) {
    this.jdbc = jdbc;
    this.activities = List.copyOf(activities);
    this.audit = audit;
  }

  /** One reading as the person sees it. */
  public record Reading(Instant at, String reader, String activity, String reference, String what) {}

  /**
   * Opens data of {@code subject}: checks, writes the log, then reads.
   *
   * @param activity what for: key of a {@link ProcessingActivity}
   * @param reference the case or request it is for, 1 to 200 characters
   * @param what message key of what is opened, e.g. {@code privacy.reading.all}
   * @throws CityProblem {@code reading-refused} if nobody is signed in who may, or the purpose is missing
   */
  public <T> T open(Person subject, String activity, String reference, String what, Supplier<T> read) {
    var reader = Person.findSignedIn();
    if (reader.filter(subject::equals).isEmpty()) {
      if (activities.stream().noneMatch(known -> known.key().equals(activity)) || reference.isBlank()) {
        throw refused("Purpose and reference are \"%s\" and \"%s\"".formatted(activity, reference),
            "a declared purpose and a case");
      }
      if (reader.isEmpty() || !mayRead()) {
        throw refused("The reader has no permission", "one to read data of persons");
      }
      long id = jdbc.sql("""
                         insert into reading (municipality_id, person, reader, activity, reference, what)
                         values (?, ?, ?, ?, ?, ?) returning id
                         """).params(CurrentMunicipality.get().id(), subject.id(), reader.get().id(), activity,
          reference.strip(), what).query(Long.class).single();
      // By number alone: the audit log outlives an erasure.
      audit.record(AuditEntry.of("privacy.person.read", "reading " + id).forPurpose(activity));
    }
    return read.get();
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

  private static boolean mayRead() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.isAuthenticated() && authentication.getAuthorities().stream()
        .anyMatch(authority -> PERMISSION.equals(authority.getAuthority()));
  }

  private static CityProblem refused(String value, String expected) {
    return new CityProblem("reading-refused", HttpStatus.FORBIDDEN, """
                                                                    %s, expected %s. Nothing was read.
                                                                    Maybe open the data from the case it belongs to.\
                                                                    """.formatted(value, expected));
  }
}
