package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.identity.Permission;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.problem.CityProblem;
import java.util.LinkedHashSet;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who is at the desk: the account, its offices, and those for whom it stands in today. */
@Component
class CaseStaff {
  private static final String OFFICES = """
                                        with mine as (
                                          select ?::integer as account
                                          union
                                          select away from substitution
                                          where substitute = ? and current_date between from_day and until_day)
                                        select mine.account, m.office from mine left join office_member m on m.account = mine.account
                                        order by m.office
                                        """;

  private final JdbcClient jdbc;

  CaseStaff(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Whoever is signed in and works on cases.
   *
   * @param offices keys of their offices and of those for whom they stand in
   * @param standsFor accounts whose cases are theirs today, their own among them
   */
  record Colleague(int account, List<String> offices, List<Integer> standsFor) {
    boolean worksIn(String office) {
      return offices.contains(office);
    }
  }

  /** @throws CityProblem {@code case-staff} (403) if nobody is signed in who works on cases */
  Colleague signedIn() {
    int account = Person.findSignedIn().flatMap(Person::accountNumber).filter(number -> may(Permission.WORK_CASES))
        .orElseThrow(() -> new CityProblem("case-staff", HttpStatus.FORBIDDEN,
            """
            Nobody is signed in who works on cases, expected somebody of an office.
            Maybe sign in again, or ask the administration for the role."""));
    var standsFor = new LinkedHashSet<Integer>();
    var offices = new LinkedHashSet<String>();
    jdbc.sql(OFFICES).params(account, account).query(row -> {
      standsFor.add(row.getInt(1));
      var office = row.getString(2);
      if (office != null) {
        offices.add(office);
      }
    });
    return new Colleague(account, List.copyOf(offices), List.copyOf(standsFor));
  }

  boolean leads() {
    return may(Permission.LEAD_OFFICE);
  }

  private static boolean may(Permission permission) {
    var somebody = SecurityContextHolder.getContext().getAuthentication();
    return somebody != null && somebody.isAuthenticated() && somebody.getAuthorities().stream()
        .anyMatch(authority -> permission.authority().equals(authority.getAuthority()));
  }
}
