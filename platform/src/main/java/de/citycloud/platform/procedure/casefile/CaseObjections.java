package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Objection;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Ruling;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Objections as they stand in the store: at most one of a case is open. */
@Component
class CaseObjections {
  private static final String GROUNDS = "case_objection.grounds";

  private final JdbcClient jdbc;
  private final CaseWords words;

  CaseObjections(JdbcClient jdbc, CaseWords words) {
    this.jdbc = jdbc;
    this.words = words;
  }

  /** One, with the number of the decision it is against. */
  record Kept(long decision, Objection shown) {}

  void add(CaseFile file, long decision, Instant at, LocalDate lastDay, boolean late) {
    jdbc.sql("""
             insert into case_objection (municipality_id, case_id, decision, received_at, last_day, late, stage)
             values (?, ?, ?, ?, ?, ?, 'OPEN')
             """)
        .params(CurrentMunicipality.get().id(), file.id(), decision, at.atOffset(ZoneOffset.UTC), lastDay, late)
        .update();
  }

  /** All of a case, oldest first. */
  List<Kept> listOf(CaseFile file) {
    return jdbc.sql("select * from case_objection where case_id = ? order by id").param(file.id())
        .query((row, number) -> read(file, row)).list();
  }

  Optional<Kept> findOpen(CaseFile file) {
    return listOf(file).stream().filter(one -> one.shown.stage() != Stage.ENDED).findFirst();
  }

  private Kept read(CaseFile file, ResultSet row) throws SQLException {
    return new Kept(row.getLong("decision"), new Objection(row.getLong("id"), CaseFile.instant(row, "received_at"),
        row.getObject("last_day", LocalDate.class), row.getBoolean("late"), Stage.valueOf(row.getString("stage")),
        ruling(row, "remedy"), ruling(row, "ruling"), CaseFile.time(row, "ruled_at"),
        words.openText(file.person(), GROUNDS, row.getBytes("grounds")), row.getString("authority"),
        row.getObject("account", Integer.class), row.getBoolean("alone")));
  }

  private static @Nullable Ruling ruling(ResultSet row, String column) throws SQLException {
    var ruling = row.getString(column);
    return ruling == null ? null : Ruling.valueOf(ruling);
  }

  /** A new decision is on its way. @param alone as in {@link Objection} */
  void remedy(CaseFile file, Objection objection, Ruling remedy, String grounds, int account, boolean alone) {
    jdbc.sql("""
             update case_objection set remedy = ?, grounds = ?, account = ?, alone = ? where case_id = ? and id = ?
             """).params(remedy.name(), words.sealText(file.person(), GROUNDS, grounds), account, alone, file.id(),
        objection.id()).update();
  }

  /** What is left of it is against the new decision. */
  void carryOn(CaseFile file, Objection objection, long decision) {
    jdbc.sql("update case_objection set decision = ?, stage = 'OPEN' where case_id = ? and id = ?")
        .params(decision, file.id(), objection.id()).update();
  }

  void forward(CaseFile file, Objection objection, String authority, String grounds, int account) {
    jdbc.sql("""
             update case_objection set stage = 'AUTHORITY', authority = ?, grounds = ?, account = ?
             where case_id = ? and id = ?
             """).params(authority, words.sealText(file.person(), GROUNDS, grounds), account, file.id(),
        objection.id()).update();
  }

  /** It is over. @param grounds null if those that are there stay */
  void end(CaseFile file, Objection objection, Ruling ruling, @Nullable String grounds, @Nullable Integer account,
      boolean alone, @Nullable Long document, Instant at) {
    jdbc.sql("""
             update case_objection set stage = 'ENDED', ruling = ?, ruled_at = ?, grounds = coalesce(?, grounds),
               account = coalesce(?, account), alone = alone or ?, document = ?
             where case_id = ? and id = ?
             """).param(ruling.name()).param(at.atOffset(ZoneOffset.UTC))
        .param(grounds == null ? null : words.sealText(file.person(), GROUNDS, grounds)).param(account).param(alone)
        .param(document).param(file.id()).param(objection.id()).update();
    jdbc.sql("update case_file set objection_at = null where id = ?").param(file.id()).update();
  }

  /** A decision takes the place of the one that was objected to; an objection that wanted it ends, or goes on with the rest. */
  Optional<Ruling> replaced(CaseFile file, long decision, Instant at) {
    return findOpen(file).map(Kept::shown).flatMap(open -> {
      var remedy = open.remedy();
      if (remedy == Ruling.PARTLY_REMEDIED) {
        carryOn(file, open, decision);
      } else if (remedy != null) {
        end(file, open, remedy, null, null, false, null, at);
      }
      return Optional.ofNullable(remedy);
    });
  }

  /** The decision was taken back: nothing is left to object to. */
  void settle(CaseFile file, Instant at) {
    findOpen(file).ifPresent(open -> end(file, open.shown, Ruling.REMEDIED, null, null, false, null, at));
  }
}
