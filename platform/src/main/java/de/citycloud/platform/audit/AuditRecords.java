package de.citycloud.platform.audit;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the log of the current municipality. */
@Repository
class AuditRecords {
  private static final int AT_ONCE = 1_000;

  private final JdbcClient jdbc;

  AuditRecords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What to show.
   *
   * @param action exactly this one; null for all
   * @param actor exactly this one, e.g. {@code account:3}; null for all
   * @param from first day, town time; null for the beginning
   * @param to last day, town time; null for today
   * @param before only entries before this place; null for the newest
   */
  record Filter(@Nullable String action, @Nullable String actor, @Nullable LocalDate from, @Nullable LocalDate to,
      @Nullable Long before) {}

  /** Entries that fit, newest first, at most {@code limit}. */
  List<AuditRecord> list(Filter filter, int limit) {
    var conditions = new ArrayList<String>();
    var values = new ArrayList<Object>();
    add(conditions, values, "action = ?", filter.action);
    add(conditions, values, "actor = ?", filter.actor);
    add(conditions, values, "at >= ?", filter.from == null ? null : startOf(filter.from));
    add(conditions, values, "at < ?", filter.to == null ? null : startOf(filter.to.plusDays(1)));
    add(conditions, values, "seq < ?", filter.before);
    values.add(limit);
    return jdbc.sql("select * from audit_entry " + (conditions.isEmpty()
        ? ""
        : "where " + String.join(" and ", conditions)) + " order by seq desc limit ?").params(values)
        .query(AuditRecord::read).list();
  }

  private static void add(List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
  }

  private static OffsetDateTime startOf(LocalDate day) {
    return day.atStartOfDay(de.citycloud.platform.ui.PageFormats.ZONE).toOffsetDateTime();
  }

  /** Actions that occur, in alphabetical order; one look into the index for each. */
  List<String> actions() {
    return jdbc.sql("""
                    with recursive known(action) as (
                      (select min(action) from audit_entry)
                      union all
                      select (select min(e.action) from audit_entry e where e.action > known.action) from known
                        where known.action is not null)
                    select action from known where action is not null
                    """).query(String.class).list();
  }

  /** All entries, oldest first, without holding a transaction or more than some of them in memory. */
  void forEach(Consumer<AuditRecord> each) {
    long last = 0;
    List<AuditRecord> some;
    do {
      some = jdbc.sql("select * from audit_entry where seq > ? order by seq limit " + AT_ONCE).param(last)
          .query(AuditRecord::read).list();
      some.forEach(each);
      last = some.isEmpty() ? last : some.getLast().seq();
    } while (some.size() == AT_ONCE);
  }
}
