package de.citycloud.platform.procedure.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose procedures we may adopt: their key was pinned by a person.
 *
 * @param address a slug of this installation, or the URL of their start page
 * @param keyId of the pinned key
 * @param revokedAt null while we trust them
 * @param sequence of the last index that we accepted; 0 for none
 * @param issuedAt when that was issued; null for none
 * @param checkedAt when we looked last; null for never
 * @param problem what was wrong then; null if nothing
 */
public record Origin(long id, String address, String name, String keyId, byte[] publicKey, Instant trustedAt,
    @Nullable Instant revokedAt, long sequence, @Nullable Instant issuedAt, @Nullable Instant checkedAt,
    @Nullable String problem) {
  /** An index that was not renewed for so long is called stale. */
  private static final Duration STALE = Duration.ofDays(7);

  static Origin read(ResultSet row, int number) throws SQLException {
    return new Origin(row.getLong("id"), row.getString("address"), row.getString("name"), row.getString("key_id"),
        row.getBytes("public_key"), row.getObject("trusted_at", OffsetDateTime.class).toInstant(),
        moment(row, "revoked_at"), row.getLong("sequence"), moment(row, "issued_at"), moment(row, "checked_at"),
        row.getString("problem"));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** The key as people compare it. */
  public String keyWords() {
    return Ed25519.words(keyId);
  }

  /** True if they have not renewed their index for a week. */
  public boolean isStale() {
    return issuedAt != null && issuedAt.isBefore(Instant.now().minus(STALE));
  }

  /** True while we trust them. */
  public boolean isTrusted() {
    return revokedAt == null;
  }
}
