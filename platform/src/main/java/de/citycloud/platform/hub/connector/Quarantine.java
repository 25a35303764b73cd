package de.citycloud.platform.hub.connector;

import de.citycloud.platform.hub.Quarantined;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps rejected rows of the current municipality: equal ones once, at most 1,000 a source, 30 days. */
@Repository
class Quarantine {
  private static final int MAX_EXCERPT = 4_096;
  private static final int MAX_ROWS = 1_000;
  private static final int MAX_TEXT = 1_000;

  private final JdbcClient jdbc;

  Quarantine(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A rejected row on its way in. */
  record Entry(String place, String reason, @Nullable String excerpt) {
    private String stored() {
      // PostgreSQL keeps no NUL, and half a surrogate is no text
      var text = excerpt == null ? "" : excerpt.replace('\0', '\uFFFD');
      return text.length() <= MAX_EXCERPT
          ? text
          : text.substring(0, MAX_EXCERPT - 1).replaceAll("[\uD800-\uDBFF]$", "") + "…";
    }

    private boolean replayable() {
      return excerpt != null && !excerpt.isBlank() && excerpt.length() <= MAX_EXCERPT && excerpt.indexOf('\0') < 0
          && excerpt.indexOf('\uFFFD') < 0;
    }

    private byte[] fingerprint() {
      return Fingerprint.of(reason, stored());
    }
  }

  /** Adds {@code entries}; repeats are counted. Beyond the limit the ones not seen for longest go. */
  void add(int source, List<Entry> entries) {
    var rows = new LinkedHashMap<java.nio.ByteBuffer, Counted>();
    for (var entry : entries) {
      rows.merge(java.nio.ByteBuffer.wrap(entry.fingerprint()), new Counted(entry, 1),
          (before, one) -> new Counted(before.entry, before.times + 1));
    }
    for (Map.Entry<java.nio.ByteBuffer, Counted> row : rows.entrySet()) {
      var entry = row.getValue().entry;
      jdbc.sql("""
               insert into quarantine (municipality_id, source_id, fingerprint, place, reason, excerpt, replayable,
                 times_seen) values (?, ?, ?, ?, ?, ?, ?, ?)
               on conflict (municipality_id, source_id, fingerprint) do update set last_at = now(),
                 place = excluded.place, times_seen = quarantine.times_seen + excluded.times_seen
               """).param(municipality()).param(source).param(row.getKey().array()).param(cut(entry.place))
          .param(cut(entry.reason)).param(entry.stored()).param(entry.replayable()).param(row.getValue().times)
          .update();
    }
    jdbc.sql("""
             delete from quarantine where municipality_id = ? and source_id = ? and id in (select id from quarantine
               where municipality_id = ? and source_id = ? order by last_at desc, id desc offset ?)
             """).param(municipality()).param(source).param(municipality()).param(source).param(MAX_ROWS).update();
  }

  List<Quarantined> list(int source, int limit) {
    return jdbc.sql("""
                    select * from quarantine where municipality_id = ? and source_id = ?
                    order by last_at desc, id desc limit ?
                    """).param(municipality()).param(source).param(Math.clamp(limit, 1, MAX_ROWS))
        .query(Quarantine::row).list();
  }

  void remove(int source, int id) {
    jdbc.sql("delete from quarantine where municipality_id = ? and source_id = ? and id = ?").param(municipality())
        .param(source).param(id).update();
  }

  private static int municipality() {
    return CurrentMunicipality.get().id();
  }

  private static String cut(String text) {
    var clean = text.replace('\0', '\uFFFD');
    return clean.length() > MAX_TEXT ? clean.substring(0, MAX_TEXT) : clean;
  }

  private static Quarantined row(ResultSet row, int number) throws SQLException {
    return new Quarantined(row.getInt("id"), row.getInt("source_id"),
        row.getObject("first_at", OffsetDateTime.class).toInstant(),
        row.getObject("last_at", OffsetDateTime.class).toInstant(), row.getString("place"), row.getString("reason"),
        row.getString("excerpt"), row.getInt("times_seen"), row.getBoolean("replayable"));
  }

  private record Counted(Entry entry, int times) {}

  /** What tells two texts apart: the first 16 bytes of SHA-256. */
  static final class Fingerprint {
    private Fingerprint() {}

    static byte[] of(String... parts) {
      try {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var part : parts) {
          digest.update(part.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
        }
        return java.util.Arrays.copyOf(digest.digest(), 16);
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every JDK has SHA-256", e);
      }
    }
  }
}
