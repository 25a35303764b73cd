package de.citycloud.platform.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;

/**
 * An entry as it stands in the store.
 *
 * @param seq its place in the chain, 1 or more
 * @param details one JSON object
 * @param previous hash of the entry before, hexadecimal
 * @param hash its own, hexadecimal
 */
record AuditRecord(int municipality, long seq, Instant at, String action, String object, String actor, String purpose,
    String details, String previous, String hash) {
  static AuditRecord read(ResultSet row, int number) throws SQLException {
    return new AuditRecord(row.getInt("municipality_id"), row.getLong("seq"),
        row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("action"), row.getString("object"),
        row.getString("actor"), row.getString("purpose"), row.getString("details"),
        HexFormat.of().formatHex(row.getBytes("previous")), HexFormat.of().formatHex(row.getBytes("hash")));
  }
}
