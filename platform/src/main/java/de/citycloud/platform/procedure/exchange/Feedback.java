package de.citycloud.platform.procedure.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an adopter tells the origin of a procedure, of its own will.
 *
 * @param format 1
 * @param id given by the sender; the same one again is the same message
 * @param to id of the key that the sender knows of the origin
 * @param version that they use, or speak of
 * @param sender name of the municipality
 * @param address where it publishes; may be empty
 * @param at when it was written
 * @param publicKey of the sender, X.509
 * @param words at most 2,000 characters, without names of people; empty for notices
 */
public record Feedback(int format, UUID id, String to, Kind kind, String key, String version, String sender,
    String address, Instant at, byte[] publicKey, String words) {
  /** Largest message, in bytes. */
  static final int MAX_BYTES = 16_384;
  /** Longest text, in characters. */
  static final int MAX_WORDS = 2_000;
  /** Use of its signature. */
  static final String USE = "feedback";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What it is about. */
  public enum Kind {
    /** We use this version. */
    ADOPTED,
    /** We use it no longer. */
    STOPPED,
    /** Something to read. */
    WORDS;

    String inStore() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public Feedback {
    if (format != 1 || !Ed25519.ID.matcher(to).matches() || !key.matches("[a-z][a-z0-9-]{2,59}")
        || !version.matches("[0-9.]{5,14}") || sender.isBlank() || sender.length() > 200 || address.length() > 500
        || publicKey.length < 32 || publicKey.length > 100 || words.length() > MAX_WORDS || words.indexOf('\0') >= 0
        || sender.indexOf('\0') >= 0 || address.indexOf('\0') >= 0 || kind == Kind.WORDS && words.isBlank()
        || at.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException("The message is none of format 1, or breaks a limit.");
    }
  }

  String toJson() {
    return JSON.writeValueAsString(this);
  }

  /** @throws RuntimeException of many kinds if it is none */
  static Feedback parse(byte[] json) {
    return JSON.readValue(json, Feedback.class);
  }

  /**
   * A message as it came in.
   *
   * @param known whether we know the key; else anybody may have written it
   */
  public record Received(UUID id, Kind kind, String key, String version, String sender, String address,
      String senderKey, boolean known, String words, Instant receivedAt) {
    static Received read(ResultSet row, int number) throws SQLException {
      return new Received(row.getObject("id", UUID.class),
          Kind.valueOf(row.getString("kind").toUpperCase(java.util.Locale.ROOT)), row.getString("key"),
          row.getString("version"), row.getString("sender"), row.getString("sender_address"),
          row.getString("sender_key"), row.getBoolean("known"), row.getString("words"),
          row.getObject("received_at", OffsetDateTime.class).toInstant());
    }

    /** The key as people compare it. */
    public String keyWords() {
      return Ed25519.words(senderKey);
    }
  }

  /** A message that waits. */
  record Waiting(UUID id, long origin, byte[] message, int tries) {}
}
