package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.Readings;
import de.citycloud.platform.problem.CityProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Offers to the archive. One's own case is left to a colleague, as everywhere. */
@Service
class ArchiveOffers implements ArchiveDesk {
  private static final int MOST_OFFERS = 50;

  private final JdbcClient jdbc;
  private final CaseStaff staff;
  private final ArchivePackage packages;
  private final Readings readings;
  private final AuditLog audit;

  ArchiveOffers(JdbcClient jdbc, CaseStaff staff, ArchivePackage packages, Readings readings, AuditLog audit) {
    this.jdbc = jdbc;
    this.staff = staff;
    this.packages = packages;
    this.readings = readings;
    this.audit = audit;
  }

  private String[] offices() {
    return staff.signedIn().offices().toArray(String[]::new);
  }

  private static String name() {
    return LocaleContextHolder.getLocale().getLanguage().equals("en") ? "procedure_en" : "procedure_de";
  }

  @Override
  public List<Due> due() {
    return jdbc.sql("""
                    select office, procedure, max(%s) as name, count(*) as cases, min(delete_after) as oldest
                    from case_file
                    where archive and archive_result is null and archive_offer is null and office = any (?)
                      and delete_after < now() and account is distinct from ?
                    group by office, procedure order by name, office
                    """.formatted(name())).param(offices()).param(staff.signedIn().account())
        .query((row, number) -> new Due(row.getString("office"), row.getString("procedure"), row.getString("name"),
            row.getLong("cases"), CaseFile.instant(row, "oldest")))
        .list();
  }

  @Override
  public List<Offer> offers() {
    return jdbc.sql("select * from archive_offer where office = any (?) order by result is not null, id desc limit ?")
        .param(offices()).param(MOST_OFFERS).query(ArchiveOffers::read).list();
  }

  private static Offer read(ResultSet row, int number) throws SQLException {
    var result = row.getString("result");
    return new Offer(row.getLong("id"), row.getString("office"), row.getString(name()),
        CaseFile.instant(row, "offered_at"), row.getInt("cases"), result == null ? null : Result.valueOf(result),
        CaseFile.time(row, "ended_at"));
  }

  @Override
  public int waitDays() {
    return (int) ArchiveWait.on(Instant.now()).toDays();
  }

  @Override
  @Transactional
  public long offer(String office, String procedure) {
    var colleague = staff.signedIn();
    var cases = !colleague.worksIn(office)
        ? List.<Long>of()
        : jdbc.sql("""
                   select id from case_file
                   where archive and archive_result is null and archive_offer is null and office = ? and procedure = ?
                     and delete_after < now() and account is distinct from ?
                   order by delete_after, id limit ? for update skip locked
                   """).params(office, procedure, colleague.account(), MOST).query(Long.class).list();
    if (cases.isEmpty()) {
      throw new CityProblem("archive-nothing", HttpStatus.CONFLICT,
          """
          No case of "%s" is due in the office "%s", expected at least one. Nothing was changed.
          Maybe a colleague has offered them meanwhile.""".formatted(procedure, office));
    }
    var ids = cases.toArray(Long[]::new);
    long offer = jdbc.sql("""
                          insert into archive_offer (municipality_id, office, procedure, procedure_de, procedure_en,
                            offered_at, cases)
                          select municipality_id, office, procedure, procedure_de, procedure_en, now(), ?
                          from case_file where id = ? returning id
                          """).params(ids.length, ids[0]).query(Long.class).single();
    jdbc.sql("update case_file set archive_offer = ? where id = any (?)").params(offer, ids).update();
    audit.record(AuditEntry.of("archive.offered", "archive offer " + offer).with("cases", ids.length)
        .with("procedure", procedure));
    return offer;
  }

  private Offer get(long offer) {
    return jdbc.sql("select * from archive_offer where id = ? and office = any (?)").param(offer).param(offices())
        .query(ArchiveOffers::read).optional().orElseThrow(() -> none(offer));
  }

  private static CityProblem none(long offer) {
    return new CityProblem("archive-offer", HttpStatus.NOT_FOUND,
        """
        There is no open archive offer %d here, expected one of your offices.
        Maybe the archive has answered already.""".formatted(offer));
  }

  @Override
  public void write(long number, OutputStream out) throws IOException {
    var offer = get(number);
    var colleague = staff.signedIn();
    var files = jdbc.sql("select * from case_file where archive_offer = ? order by id").param(number)
        .query(CaseFile::read).list();
    if (files.isEmpty()) {
      throw none(number);
    }
    // Without it the package would lack a case that is deleted once the archive has answered.
    files.stream().filter(file -> Integer.valueOf(colleague.account()).equals(file.account())).findFirst()
        .ifPresent(own -> {
          throw CaseRules.ownCase(colleague.account(), own.reference().text());
        });
    audit.record(AuditEntry.of("archive.exported", "archive offer " + number).with("cases", files.size()));
    var writing = packages.new Writing(out, offer);
    for (var file : files) {
      var subject = file.account() == null ? file.person() : Person.ofAccount(file.account());
      readings.open(subject, new Readings.Reason("case-work", "CASE_WORK", file.reference().text()),
          "case.reading.archive", () -> {
            try {
              writing.add(file);
              return true;
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
    }
    writing.finish();
  }

  @Override
  @Transactional
  public void answer(long number, Result result) {
    get(number);
    int changed = jdbc.sql("update archive_offer set result = ?, ended_at = ? where id = ? and result is null")
        .params(result.name(), Instant.now().atOffset(ZoneOffset.UTC), number).update();
    if (changed == 0) {
      throw none(number);
    }
    jdbc.sql("update case_file set archive_result = ? where archive_offer = ?").params(result.name(), number).update();
    audit.record(AuditEntry.of("archive.answered", "archive offer " + number).with("result",
        result.name().toLowerCase(Locale.ROOT)));
  }
}
