package de.citycloud.platform.identity;

import de.citycloud.platform.identity.SignedIn.StatedPurpose;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sessions of the current municipality. One that has ended is deleted. */
@Component
class SessionStore {
  /** Of one account; one more ends the oldest, so that nobody stays signed in on forgotten computers. */
  static final int AT_MOST = 5;

  private final JdbcClient jdbc;
  private final IdentityProperties properties;

  SessionStore(JdbcClient jdbc, IdentityProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /**
   * A session as its owner sees it.
   *
   * @param factor how it was signed in
   * @param device browser and system in words
   * @param network the address without its last part
   */
  record Session(int id, Instant createdAt, Instant lastSeenAt, Factor factor, String device, String network) {}

  /** Begins a session and returns its token, which is stored as a hash. */
  String begin(int account, Factor factor, Assurance assurance, String device, String network) {
    var token = Tokens.random();
    int municipality = CurrentMunicipality.get().id();
    jdbc.sql("""
             insert into account_session (municipality_id, account_id, hash, factor, assurance, device, network)
             values (?, ?, ?, ?, ?, ?, ?)
             """)
        .params(municipality, account, Tokens.hash(token), factor.inStore(), assurance.inStore(), device, network)
        .update();
    jdbc.sql("update account set last_sign_in_at = now() where id = ?").param(account).update();
    jdbc.sql("""
             delete from account_session where account_id = ? and id not in (
               select id from account_session where account_id = ? order by id desc limit ?)
             """).params(account, account, AT_MOST).update();
    return token;
  }

  /** Whose session this is, with the roles of this moment; empty if it has ended or the account was disabled. */
  Optional<SignedIn> find(String token) {
    var found = jdbc
        .sql(
            """
            select s.id, s.account_id, s.created_at, s.last_seen_at, s.factor, s.assurance, s.purpose, s.purpose_reference,
              s.purpose_until, a.name,
              (select string_agg(role, ' ') from account_role r
                where r.municipality_id = a.municipality_id and r.account_id = a.id) as roles
            from account_session s join account a on a.municipality_id = s.municipality_id and a.id = s.account_id
            where s.hash = ? and a.disabled_at is null and s.last_seen_at > ? and s.created_at > ?
            """)
        .param(Tokens.hash(token)).param(before(properties.idle())).param(before(properties.longest()))
        .query(this::read).optional();
    found.filter(row -> row.lastSeenAt.isBefore(Instant.now().minusSeconds(60))).ifPresent(row -> jdbc
        .sql("update account_session set last_seen_at = now() where id = ?").param(row.who.sessionId()).update());
    return found.map(Row::who);
  }

  /** Open sessions of an account, the last used first. */
  List<Session> listOf(int account) {
    return jdbc.sql("""
                    select id, created_at, last_seen_at, factor, device, network from account_session
                    where account_id = ? and last_seen_at > ? and created_at > ? order by last_seen_at desc, id desc
                    """).param(account).param(before(properties.idle())).param(before(properties.longest()))
        .query((row, number) -> new Session(row.getInt("id"), instant(row, "created_at"), instant(row, "last_seen_at"),
            Factor.of(row.getString("factor")), row.getString("device"), row.getString("network")))
        .list();
  }

  /** Ends the session of this token, if there is one. */
  void end(String token) {
    jdbc.sql("delete from account_session where hash = ?").param(Tokens.hash(token)).update();
  }

  /** Ends one session of an account. */
  void end(int account, int session) {
    jdbc.sql("delete from account_session where account_id = ? and id = ?").params(account, session).update();
  }

  /** Ends all sessions of an account, besides {@code kept}; 0 for all. */
  void endAll(int account, int kept) {
    jdbc.sql("delete from account_session where account_id = ? and id <> ?").params(account, kept).update();
  }

  /** The session has a second factor from now on. */
  void strengthen(int session, Factor factor) {
    jdbc.sql("update account_session set factor = ? where id = ?").params(factor.inStore(), session).update();
  }

  /** What data about persons is read for in this session. */
  void state(int session, StatedPurpose purpose) {
    jdbc.sql("update account_session set purpose = ?, purpose_reference = ?, purpose_until = ? where id = ?")
        .params(purpose.purpose().name(), purpose.reference(), purpose.until().atOffset(ZoneOffset.UTC), session)
        .update();
  }

  private record Row(SignedIn who, Instant lastSeenAt) {}

  private Row read(ResultSet row, int number) throws SQLException {
    var text = row.getString("roles");
    var roles = text == null
        ? java.util.Set.<Role>of()
        : Arrays.stream(text.split(" ")).map(Role::of).collect(Collectors.toUnmodifiableSet());
    boolean confined = roles.stream().anyMatch(properties.secondFactor()::contains)
        && !Factor.of(row.getString("factor")).isStrong();
    return new Row(new SignedIn(CurrentMunicipality.get().id(), row.getInt("account_id"), row.getString("name"), roles,
        instant(row, "created_at"), row.getInt("id"), Assurance.of(row.getString("assurance")), purpose(row), confined),
        instant(row, "last_seen_at"));
  }

  private static @Nullable StatedPurpose purpose(ResultSet row) throws SQLException {
    var purpose = row.getString("purpose");
    var until = row.getObject("purpose_until", OffsetDateTime.class);
    return purpose == null || until == null || until.toInstant().isBefore(Instant.now())
        ? null
        : new StatedPurpose(Purpose.valueOf(purpose), row.getString("purpose_reference"), until.toInstant());
  }

  private static OffsetDateTime before(Duration age) {
    return Instant.now().minus(age).atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
