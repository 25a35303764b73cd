package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keys for machines: {@code scc_<municipality>_<32 letters and digits>}, 160 random bits, stored as SHA-256 (a slow hash
 * protects short secrets; this one cannot be guessed). A verified key is believed for a few seconds, so that a gateway
 * costs no query a message; a revoked one therefore works that much longer.
 */
@Service
public class ApiKeys {
  private static final Pattern FORM = Pattern.compile("scc_(\\d{1,9})_[a-z2-7]{32}");
  private static final Duration BELIEVED = Duration.ofSeconds(5);
  private static final int BELIEVED_AT_MOST = 10_000;

  private final JdbcClient jdbc;
  private final AuditLog audit;
  private final Municipalities municipalities;
  private final Map<String, Believed> believed = new ConcurrentHashMap<>();

  /** Keys in the store behind {@code jdbc}, whose connections stand behind the wall. */
  public ApiKeys(JdbcClient jdbc, Municipalities municipalities) {
    this.jdbc = jdbc;
    this.audit = new AuditLog(jdbc);
    this.municipalities = municipalities;
  }

  /**
   * Makes a key for the current municipality and returns it; it cannot be shown again.
   *
   * @param label what it is for, 1 to 100 characters
   * @param expiresAt when it ends; null for never
   */
  @Transactional
  public String create(String label, Scope scope, @Nullable Instant expiresAt) {
    var municipality = CurrentMunicipality.get();
    var key = "scc_%d_%s".formatted(municipality.id(), Tokens.random());
    int id = jdbc
        .sql("""
             insert into api_key (municipality_id, label, scope, hash, expires_at) values (?, ?, ?, ?, ?) returning id
             """)
        .params(municipality.id(), label, scope.name().toLowerCase(Locale.ROOT), Tokens.hash(key))
        .param(expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC)).query(Integer.class).single();
    audit.record(AuditEntry.of("key.created", "key " + id).with("scope", scope.name().toLowerCase(Locale.ROOT))
        .with("ends", expiresAt == null ? "never" : expiresAt));
    return key;
  }

  /** Keys of the current municipality that are not revoked, newest first. */
  public List<ApiKey> listAll() {
    return jdbc.sql("select * from api_key where revoked_at is null order by created_at desc, id desc")
        .query(ApiKeys::read).list();
  }

  /** Ends a key of the current municipality; true if there was one. */
  @Transactional
  public boolean revoke(int id) {
    believed.clear();
    boolean revoked = jdbc.sql("update api_key set revoked_at = now() where id = ? and revoked_at is null").param(id)
        .update() > 0;
    if (revoked) {
      audit.record(AuditEntry.of("key.revoked", "key " + id));
    }
    return revoked;
  }

  /** The key that {@code text} is; empty if it is none, has ended or was revoked. Any municipality may be bound. */
  public Optional<ApiKey> verify(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    var now = Instant.now();
    var known = believed.get(text);
    if (known != null && now.isBefore(known.until)) {
      return Optional.of(known.key).filter(key -> isValid(key, now));
    }
    var municipality = municipalities.findById(Integer.parseInt(form.group(1)));
    if (municipality.isEmpty()) {
      return Optional.empty();
    }
    var found = CurrentMunicipality
        .call(municipality.get(),
            () -> jdbc.sql("""
                           update api_key set last_used_at = date_trunc('minute', now())
                           where municipality_id = ? and hash = ? and revoked_at is null returning *
                           """).params(municipality.get().id(), Tokens.hash(text)).query(ApiKeys::read).optional())
        .filter(key -> isValid(key, now));
    if (believed.size() >= BELIEVED_AT_MOST) {
      believed.clear();
    }
    found.ifPresent(key -> believed.put(text, new Believed(key, now.plus(BELIEVED))));
    return found;
  }

  private static boolean isValid(ApiKey key, Instant now) {
    return key.expiresAt() == null || now.isBefore(key.expiresAt());
  }

  private static ApiKey read(ResultSet row, int number) throws SQLException {
    return new ApiKey(row.getInt("municipality_id"), row.getInt("id"), row.getString("label"),
        Scope.valueOf(row.getString("scope").toUpperCase(Locale.ROOT)),
        row.getObject("created_at", OffsetDateTime.class).toInstant(), instant(row, "expires_at"),
        instant(row, "last_used_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private record Believed(ApiKey key, Instant until) {}
}
