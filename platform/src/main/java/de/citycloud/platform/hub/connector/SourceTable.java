package de.citycloud.platform.hub.connector;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.hub.NewSource;
import de.citycloud.platform.hub.SourceStatus;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Sources and their state in the store, for the current municipality. */
@Repository
class SourceTable {
  private static final int MAX_ERROR = 2_000;
  private static final String STATUS = """
                                       select s.*, t.next_run_at, t.last_run_at, t.last_success_at, t.newest_at,
                                         t.last_error, t.observations, t.rejected,
                                         (select count(*) from source_thing g where g.municipality_id = s.municipality_id
                                            and g.source_id = s.id) as things,
                                         (select count(*) from quarantine q where q.municipality_id = s.municipality_id
                                            and q.source_id = s.id) as quarantined
                                       from source s join source_state t
                                         on t.municipality_id = s.municipality_id and t.source_id = s.id
                                       """;
  private final JdbcClient jdbc;
  private final AuditLog audit;
  private final JsonMapper json;

  SourceTable(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.audit = new AuditLog(jdbc);
    this.json = json;
  }

  List<SourceStatus> listAll() {
    var now = Instant.now();
    return jdbc.sql(STATUS + " order by s.name, s.id").query((row, n) -> status(row, now)).list();
  }

  Optional<SourceStatus> findStatus(String key) {
    var now = Instant.now();
    return jdbc.sql(STATUS + " where s.municipality_id = ? and s.key = ?").param(municipality()).param(key)
        .query((row, n) -> status(row, now)).optional();
  }

  Optional<SourceRow> find(String key) {
    return jdbc.sql("select * from source where municipality_id = ? and key = ?").param(municipality()).param(key)
        .query(SourceTable::source).optional();
  }

  Optional<SourceRow> find(int id) {
    return jdbc.sql("select * from source where municipality_id = ? and id = ?").param(municipality()).param(id)
        .query(SourceTable::source).optional();
  }

  /** Keys of pushed sources of this kind that are switched on, in order of their numbers. */
  List<String> listPushed(String kind) {
    return jdbc.sql("select key from source where kind = ? and enabled and addresses = '{}' order by id").param(kind)
        .query(String.class).list();
  }

  /** Adds or changes a source. What it had fetched is fetched again, since the mapping may be another one. */
  @Transactional
  public void save(NewSource source) {
    int id = jdbc.sql("""
                      insert into source (municipality_id, key, kind, name, addresses, every_seconds, mapping, licence,
                        attribution) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                      on conflict (municipality_id, key) do update set kind = excluded.kind, name = excluded.name,
                        addresses = excluded.addresses, every_seconds = excluded.every_seconds,
                        mapping = excluded.mapping, licence = excluded.licence, attribution = excluded.attribution
                      returning id
                      """).param(municipality()).param(source.key()).param(source.kind()).param(source.name())
        .param(source.addresses().toArray(String[]::new)).param((int) source.every().toSeconds())
        .param(source.mapping()).param(source.licence()).param(source.attribution()).query(Integer.class).single();
    jdbc.sql("""
             insert into source_state (municipality_id, source_id, next_run_at)
             values (?, ?, case when ? then now() end)
             on conflict (municipality_id, source_id) do update set next_run_at = excluded.next_run_at, tags = '{}',
               failures = 0
             """).param(municipality()).param(id).param(!source.addresses().isEmpty()).update();
    audit.record(AuditEntry.of("source.saved", "source " + source.key()).with("kind", source.kind()));
  }

  @Transactional
  public boolean setEnabled(String key, boolean enabled) {
    boolean known = jdbc.sql("""
                             with s as (update source set enabled = ? where municipality_id = ? and key = ?
                                        returning municipality_id, id, addresses)
                             update source_state t set next_run_at = case when ? and s.addresses <> '{}' then now() end
                             from s where t.municipality_id = s.municipality_id and t.source_id = s.id
                             """).param(enabled).param(municipality()).param(key).param(enabled).update() > 0;
    if (known) {
      audit.record(AuditEntry.of(enabled ? "source.switched-on" : "source.switched-off", "source " + key));
    }
    return known;
  }

  /** What the other side said about the version of each address. */
  Map<String, Map<String, String>> tags(int source) {
    var text = jdbc.sql("select tags::text from source_state where municipality_id = ? and source_id = ?")
        .param(municipality()).param(source).query(String.class).single();
    return json.readValue(text, new tools.jackson.core.type.TypeReference<Map<String, Map<String, String>>>() {
    });
  }

  void tag(int source, Map<String, Map<String, String>> tags) {
    jdbc.sql("update source_state set tags = ? where municipality_id = ? and source_id = ?")
        .param(json.writeValueAsString(tags)).param(municipality()).param(source).update();
  }

  /** Something went well. */
  void succeeded(SourceRow source, long observations, long rejected, @Nullable Instant newest) {
    jdbc.sql("""
             update source_state set last_run_at = now(), last_success_at = now(), last_error = null, failures = 0,
               observations = observations + ?, rejected = rejected + ?, newest_at = greatest(newest_at, ?)
             where municipality_id = ? and source_id = ?
             """).param(observations).param(rejected).param(newest == null ? null : newest.atOffset(ZoneOffset.UTC))
        .param(municipality()).param(source.id()).update();
  }

  /** Something failed. */
  void failed(SourceRow source, String reason) {
    jdbc.sql("""
             update source_state set last_run_at = now(), last_error = ?, failures = failures + 1
             where municipality_id = ? and source_id = ?
             """).param(reason.length() > MAX_ERROR ? reason.substring(0, MAX_ERROR) : reason).param(municipality())
        .param(source.id()).update();
  }

  /** Ends the claim and says when to fetch next: as planned, or later the more often it failed, up to an hour. */
  void release(SourceRow source) {
    jdbc.sql("""
             update source_state set claimed_by = null, claimed_until = null,
               next_run_at = case when next_run_at is not null then now() + case when failures = 0
                 then ? * interval '1 second'
                 else greatest(?, least(3600, ? * power(2, least(failures, 10)))) * interval '1 second' end end
             where municipality_id = ? and source_id = ?
             """).param(source.every().toSeconds()).param(source.every().toSeconds()).param(source.every().toSeconds())
        .param(municipality()).param(source.id()).update();
  }

  private static int municipality() {
    return CurrentMunicipality.get().id();
  }

  private static SourceRow source(ResultSet row, int number) throws SQLException {
    return new SourceRow(row.getInt("id"), row.getString("key"), row.getString("kind"), row.getString("name"),
        addresses(row), Duration.ofSeconds(row.getInt("every_seconds")), row.getString("mapping"),
        row.getString("licence"), row.getBoolean("enabled"));
  }

  private static List<String> addresses(ResultSet row) throws SQLException {
    return Arrays.asList((String[]) row.getArray("addresses").getArray());
  }

  private static SourceStatus status(ResultSet row, Instant now) throws SQLException {
    var every = Duration.ofSeconds(row.getInt("every_seconds"));
    var lastRun = instant(row, "last_run_at");
    var newest = instant(row, "newest_at");
    var error = row.getString("last_error");
    var state = !row.getBoolean("enabled")
        ? SourceStatus.State.OFF
        : lastRun == null
            ? SourceStatus.State.WAITING
            : error != null
                ? SourceStatus.State.FAILED
                : lastRun.plus(every.multipliedBy(3)).isBefore(now)
                    ? SourceStatus.State.LATE
                    : SourceStatus.State.OK;
    return new SourceStatus(row.getInt("id"), row.getString("key"), row.getString("kind"), row.getString("name"),
        addresses(row), every, row.getBoolean("enabled"), state, lastRun, instant(row, "last_success_at"), newest,
        newest == null ? null : Duration.between(newest, now), instant(row, "next_run_at"), error, row.getInt("things"),
        row.getLong("observations"), row.getLong("rejected"), row.getInt("quarantined"), row.getString("licence"),
        row.getString("attribution"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
