package de.citycloud.platform.privacy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows of one table that end a period after the time in one of their columns. An index that begins with that column, or
 * with the municipality and it, keeps this cheap.
 *
 * @param key of the rule
 * @param table with a column {@code municipality_id}
 * @param start column with the time that starts the period; rows where it is null stay
 * @param period how long after it
 * @param person column with the id of the {@link Person}; null if there is none, then a hold on a person does not reach it
 */
public record ExpiringRows(String key, String table, String start, Duration period,
    @Nullable String person) implements RetentionRule {
  private static final Pattern NAME = Pattern.compile("[a-z_]+(\\.[a-z_]+)?");

  public ExpiringRows {
    for (var name : new String[]{table, start, person == null ? "none" : person}) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("\"%s\" is no name of a table or column.".formatted(name));
      }
    }
  }

  /** Rows of nobody in particular. */
  public ExpiringRows(String key, String table, String start, Duration period) {
    this(key, table, start, period, null);
  }

  @Override
  public Map<Integer, Long> countDue(JdbcClient owner, Instant before) {
    var due = new HashMap<Integer, Long>();
    owner.sql("select municipality_id, count(*) from %s where %s < ? group by 1".formatted(table, start))
        .param(before.atOffset(ZoneOffset.UTC)).query(row -> {
          due.put(row.getInt(1), row.getLong(2));
        });
    return due;
  }

  @Override
  public long delete(JdbcClient jdbc, Instant before, Set<String> held, int most) {
    var free = person == null || held.isEmpty() ? "" : "and (%1$s is null or %1$s <> all (?))".formatted(person);
    var call = jdbc.sql("delete from %1$s where ctid in (select ctid from %1$s where %2$s < ? %3$s limit ?)"
        .formatted(table, start, free)).param(before.atOffset(ZoneOffset.UTC));
    if (!free.isEmpty()) {
      call = call.param(held.toArray(String[]::new));
    }
    return call.param(most).update();
  }

  /**
   * As {@link #delete}, for records that each have a key of their own in the column {@link #person}: the keys end with
   * their rows, so call it in a transaction.
   */
  public long deleteWithKeys(JdbcClient jdbc, PersonCipher cipher, Instant before, Set<String> held, int most) {
    var gone = jdbc.sql("""
                        delete from %1$s where ctid in (
                          select ctid from %1$s where %2$s < ? and %3$s <> all (?) limit ?) returning %3$s
                        """.formatted(table, start, Objects.requireNonNull(person)))
        .params(before.atOffset(ZoneOffset.UTC), held.toArray(String[]::new), most).query(String.class).list();
    gone.stream().map(Person::new).forEach(cipher::forget);
    return gone.size();
  }
}
