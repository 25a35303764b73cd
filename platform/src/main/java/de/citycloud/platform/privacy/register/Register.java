package de.citycloud.platform.privacy.register;

import de.citycloud.platform.privacy.ProcessingActivity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The register of processing (Art. 30 DSGVO), read from the comments of the store and the declared activities. Nobody
 * keeps it by hand, so it cannot differ from what the program does.
 */
@Service
class Register {
  private static final String COLUMNS = """
                                        select case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as table,
                                          a.attname as column, coalesce(col_description(c.oid, a.attnum), '') as comment,
                                          coalesce(obj_description(c.oid, 'pg_class'), '') as table_comment
                                        from pg_attribute a join pg_class c on c.oid = a.attrelid
                                          join pg_namespace n on n.oid = c.relnamespace
                                        where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
                                          and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
                                          and a.attnum > 0 and not a.attisdropped and c.relname <> 'flyway_schema_history'
                                        order by 1, a.attnum
                                        """;

  private final JdbcClient jdbc;
  private final Map<String, ProcessingActivity> activities = new TreeMap<>();
  private volatile @Nullable List<RegisterColumn> columns;

  Register(JdbcClient jdbc, List<ProcessingActivity> activities) {
    this.jdbc = jdbc;
    activities.forEach(activity -> this.activities.put(activity.key(), activity));
  }

  /** One activity and the columns that serve it, in order of table. */
  record Entry(ProcessingActivity activity, List<RegisterColumn> columns) {}

  /** All columns of the store; they change with a migration only, so they are read once. */
  List<RegisterColumn> columns() {
    var known = columns;
    if (known == null) {
      known = jdbc.sql(COLUMNS).query(RegisterColumn.class).list();
      columns = known;
    }
    return known;
  }

  /** The register, by key of the activity. */
  List<Entry> entries() {
    return activities.values().stream().sorted(Comparator.comparing(ProcessingActivity::key))
        .map(activity -> new Entry(activity,
            columns().stream().filter(column -> column.isPersonal() && activity.key().equals(column.activity()))
                .toList()))
        .toList();
  }

  /** The column called {@code table.column}; empty if there is none. */
  Optional<RegisterColumn> find(String name) {
    return columns().stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** The declared activity with this key; empty if there is none. */
  Optional<ProcessingActivity> findActivity(@Nullable String key) {
    return key == null ? Optional.empty() : Optional.ofNullable(activities.get(key));
  }

  /**
   * What is missing for the register to be complete, each as a line that says what to do; empty if nothing.
   *
   * @param known true if the message key has a text in the language
   */
  static List<String> gapsOf(List<RegisterColumn> columns, Collection<ProcessingActivity> activities,
      BiPredicate<String, Locale> known) {
    var gaps = new ArrayList<String>();
    var keys = activities.stream().map(ProcessingActivity::key).toList();
    for (var column : columns) {
      var activity = column.activity();
      if (!column.isClassified()) {
        gaps.add("%s: not classified. Maybe \"call classify('%s', 'not personal', '%s')\" in its migration."
            .formatted(column.name(), column.table(), column.column()));
      } else if (column.isPersonal() && activity == null) {
        gaps.add(
            "%s: personal, but serves no activity. Maybe \"call serves('<activity>', '%s')\"; below V90 \"comment on table %2$s is 'activity <activity>'\"."
                .formatted(column.name(), column.table()));
      } else if (column.isPersonal() && !keys.contains(activity)) {
        gaps.add("%s: serves \"%s\", which no bean ProcessingActivity declares.".formatted(column.name(), activity));
      }
    }
    for (var activity : activities) {
      for (var part : ProcessingActivity.PARTS) {
        for (var language : List.of(Locale.GERMAN, Locale.ENGLISH)) {
          if (!known.test(activity.message(part), language)) {
            gaps.add("%s has no text in messages_%s.properties.".formatted(activity.message(part), language));
          }
        }
      }
    }
    return gaps;
  }
}
