package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.procedure.casefile.CaseDesk.Page;
import de.citycloud.platform.procedure.casefile.CaseDesk.Row;
import de.citycloud.platform.procedure.casefile.CaseDesk.View;
import de.citycloud.platform.procedure.pack.VisibleState;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lists of cases. Each office has its rows in the order of an index, so that the first page costs the same with a hundred
 * thousand open cases as with ten: cases of the office, and tasks of it in cases of other offices.
 */
@Component
class CaseInbox {
  static final int ROWS = 50;
  private static final int MOST_COUNTED = 10_000;
  private static final int MOST_PAGES = 200;
  private static final int SOON_DAYS = 3;

  private final JdbcClient jdbc;

  CaseInbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A condition with its values. @param where of {@code f}, and {@code t} for tasks elsewhere */
  private record Part(String from, String where, String order, List<Object> values) {}

  Page list(CaseStaff.Colleague colleague, View view, @Nullable String procedure, @Nullable String search, int page) {
    int at = Math.clamp(page, 0, MOST_PAGES);
    var parts = parts(colleague, view, procedure, search);
    if (parts.isEmpty()) {
      return new Page(List.of(), at, 0);
    }
    var values = new ArrayList<Object>();
    var unions = new ArrayList<String>();
    for (var part : parts) {
      unions.add("(select f.id, %s as task_id, %s from %s where %s order by %s limit %d)".formatted(
          part.from.contains("case_task") ? "t.id" : "null::bigint",
          part.order.contains("closed_at") ? "f.closed_at as rank" : "f.due_on as rank", part.from, part.where,
          part.order, (at + 1) * ROWS));
      values.addAll(part.values);
    }
    boolean done = view == View.DONE;
    var rows = jdbc.sql("""
                        with page as (
                          select id, max(task_id) as task_id, max(rank) as rank from (%s) u group by id
                          order by max(rank) %s nulls last, id limit %d offset %d)
                        select f.*, p.task_id, t.name_de, t.name_en, coalesce(t.office, f.office) as shown_office,
                          case when p.task_id is null then f.assignee else t.assignee end as shown_assignee
                        from page p join case_file f on f.id = p.id
                        left join lateral (select * from case_task o where o.case_id = f.id and o.done_at is null
                          and (p.task_id is null or o.id = p.task_id) order by o.elsewhere, o.id limit 1) t on true
                        order by p.rank %s nulls last, f.id
                        """.formatted(String.join(" union all ", unions), done ? "desc" : "asc", ROWS, at * ROWS,
        done ? "desc" : "asc")).params(values).query(this::row).list();
    return new Page(rows, at, count(parts, MOST_COUNTED));
  }

  Map<View, Long> counts(CaseStaff.Colleague colleague) {
    var counts = new TreeMap<View, Long>();
    Arrays.stream(View.values())
        .forEach(view -> counts.put(view, count(colleague, view)));
    return counts;
  }

  /** At most 1,000. */
  long count(CaseStaff.Colleague colleague, View view) {
    return count(parts(colleague, view, null, null), 1_000);
  }

  private long count(List<Part> parts, int most) {
    if (parts.isEmpty()) {
      return 0;
    }
    var values = new ArrayList<Object>();
    var unions = new ArrayList<String>();
    for (var part : parts) {
      unions.add("(select 1 from %s where %s limit %d)".formatted(part.from, part.where, most));
      values.addAll(part.values);
    }
    long all = jdbc.sql("select count(*) from (%s) u".formatted(String.join(" union all ", unions))).params(values)
        .query(Long.class).single();
    return Math.min(most, all);
  }

  private List<Part> parts(CaseStaff.Colleague colleague, View view, @Nullable String procedure,
      @Nullable String search) {
    var parts = new ArrayList<Part>();
    var more = new ArrayList<Object>();
    var filter = filter(procedure, search, more);
    if (view == View.OWN) {
      for (var account : colleague.standsFor()) {
        parts.add(files("f.assignee = ? and f.closed_at is null", account, filter, more, false));
        parts.add(tasks("t.assignee = ?", account, filter, more));
      }
      return parts;
    }
    for (var office : colleague.offices()) {
      switch (view) {
        case OPEN -> {
          parts.add(files("f.office = ? and f.closed_at is null and f.assignee is null", office, filter, more, false));
          parts.add(tasks("t.office = ? and t.assignee is null", office, filter, more));
        }
        case TEAM -> {
          parts.add(files("f.office = ? and f.closed_at is null", office, filter, more, false));
          parts.add(tasks("t.office = ?", office, filter, more));
        }
        case DUE -> {
          var soon = "'" + today().plusDays(SOON_DAYS) + "'::date";
          parts.add(files("f.office = ? and f.closed_at is null and f.due_on <= " + soon, office, filter, more, false));
          parts.add(tasks("t.office = ? and t.due_on <= " + soon, office, filter, more));
        }
        case OBJECTIONS ->
          parts.add(files("f.office = ? and f.closed_at is null and f.objection_at is not null", office,
              filter, more, false));
        case DONE -> parts.add(files("f.office = ? and f.closed_at is not null", office, filter, more, true));
        case OWN -> throw new IllegalStateException("Own cases are listed by account.");
      }
    }
    return parts;
  }

  /** Filters by equality and range only: other operators would not reach an index behind the wall. */
  private static String filter(@Nullable String procedure, @Nullable String search, List<Object> values) {
    var filter = new StringBuilder();
    if (procedure != null && !procedure.isBlank()) {
      filter.append(" and f.procedure = ?");
      values.add(procedure.substring(0, Math.min(60, procedure.length())));
    }
    if (search != null && !search.isBlank()) {
      var from = search.strip().toUpperCase(Locale.ROOT);
      filter.append(" and f.reference >= ? and f.reference < ?");
      var beginning = from.substring(0, Math.min(14, from.length())).replace("\u0000", "");
      values.add(beginning);
      values.add(beginning + "\uffff");
    }
    return filter.toString();
  }

  private static Part files(String where, Object first, String filter, List<Object> more, boolean done) {
    return new Part("case_file f", where + filter, done ? "f.closed_at desc, f.id" : "f.due_on, f.id",
        with(first, more));
  }

  private static Part tasks(String where, Object first, String filter, List<Object> more) {
    return new Part("case_task t join case_file f on f.id = t.case_id and f.municipality_id = t.municipality_id",
        where + " and t.done_at is null and t.elsewhere" + filter, "t.due_on, t.id", with(first, more));
  }

  private static List<Object> with(Object first, List<Object> more) {
    var values = new ArrayList<Object>();
    values.add(first);
    values.addAll(more);
    return values;
  }

  private Row row(ResultSet row, int number) throws SQLException {
    boolean english = LocaleContextHolder.getLocale().getLanguage().equals("en");
    var outcome = row.getString("outcome");
    var due = row.getObject("due_on", LocalDate.class);
    boolean open = row.getObject("closed_at") == null;
    return new Row(new CaseReference(row.getString("reference")), row.getString("procedure"),
        row.getString(english ? "procedure_en" : "procedure_de"), VisibleState.valueOf(row.getString("state")),
        outcome == null ? null : Outcome.valueOf(outcome), row.getString(english ? "name_en" : "name_de"),
        row.getString("shown_office"), row.getObject("shown_assignee", Integer.class),
        CaseFile.instant(row, "received_at"), open ? due : null, open && due != null && due.isBefore(today()),
        row.getBoolean("unread"), open && row.getObject("objection_at") != null);
  }

  private static LocalDate today() {
    return ProcedureRules.local(Instant.now()).toLocalDate();
  }
}
