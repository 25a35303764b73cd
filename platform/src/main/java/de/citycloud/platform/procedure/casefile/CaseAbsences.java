package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk.Substitution;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who looks after whose cases. */
@Component
class CaseAbsences {
  private static final int MOST_DAYS = 366;

  private final JdbcClient jdbc;

  CaseAbsences(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Current and coming ones of accounts that share an office with {@code colleague}. */
  List<Substitution> listOf(CaseStaff.Colleague colleague) {
    return jdbc.sql("""
                    select away, substitute, from_day, until_day from substitution s
                    where until_day >= current_date and (away = ? or substitute = ?
                      or exists (select from office_member m where m.account = s.away and m.office = any (?)))
                    order by from_day, away limit 500
                    """).param(colleague.account()).param(colleague.account())
        .param(colleague.offices().toArray(String[]::new))
        .query((row, number) -> new Substitution(row.getInt(1), row.getInt(2), row.getObject(3, LocalDate.class),
            row.getObject(4, LocalDate.class)))
        .list();
  }

  /** Sets one in place of those of the same person that overlap it. */
  void set(CaseStaff.Colleague colleague, boolean leads, Substitution wanted) {
    boolean own = wanted.away() == colleague.account();
    if (!own && !(leads && sharesOffice(colleague, wanted.away()))) {
      throw new CityProblem("substitution-refused", HttpStatus.FORBIDDEN,
          """
          Account %d sets a substitution for account %d, expected their own or, who leads an office, one of it.
          Maybe ask who leads the office.""".formatted(colleague.account(), wanted.away()));
    }
    if (wanted.away() == wanted.substitute() || wanted.until().isBefore(wanted.from())
        || wanted.from().plusDays(MOST_DAYS).isBefore(wanted.until()) || !exists(wanted.substitute())) {
      throw new CityProblem("substitution", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The substitution is by account %d from %s to %s, expected another person of ours and at most %d days.
          Maybe check the dates.""".formatted(wanted.substitute(), wanted.from(), wanted.until(), MOST_DAYS));
    }
    jdbc.sql("delete from substitution where away = ? and from_day <= ? and until_day >= ?")
        .params(wanted.away(), wanted.until(), wanted.from()).update();
    jdbc.sql("""
             insert into substitution (municipality_id, away, substitute, from_day, until_day) values (?, ?, ?, ?, ?)
             """).params(CurrentMunicipality.get().id(), wanted.away(), wanted.substitute(), wanted.from(),
        wanted.until()).update();
  }

  boolean sharesOffice(CaseStaff.Colleague colleague, int account) {
    return jdbc.sql("select exists (select from office_member where account = ? and office = any (?))").param(account)
        .param(colleague.offices().toArray(String[]::new)).query(Boolean.class).single();
  }

  /** Somebody who works in an office. */
  private boolean exists(int account) {
    return jdbc.sql("select exists (select from office_member where account = ?)").param(account)
        .query(Boolean.class).single();
  }
}
