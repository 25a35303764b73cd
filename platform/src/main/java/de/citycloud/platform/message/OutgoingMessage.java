package de.citycloud.platform.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message in clear. Recipient, subject, text and link are empty if their key has ended. */
record OutgoingMessage(int municipality, long id, String kind, String language, String recipient, String subject,
    String body, @Nullable String link, String reference, String messageId, String state, Instant createdAt,
    Instant nextTryAt, int tries, @Nullable String reason, @Nullable Instant endedAt) {
  /** @param words what {@link SealedWords} opened */
  static OutgoingMessage read(ResultSet row, SealedWords.Words words) throws SQLException {
    var ended = row.getObject("ended_at", OffsetDateTime.class);
    return new OutgoingMessage(row.getInt("municipality_id"), row.getLong("id"), row.getString("kind"),
        row.getString("language"), words.recipient(), words.subject(), words.body(), words.link(),
        row.getString("reference"), row.getString("message_id"), row.getString("state"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("next_try_at", OffsetDateTime.class).toInstant(), row.getInt("tries"), row.getString("reason"),
        ended == null ? null : ended.toInstant());
  }

  public List<String> paragraphs() {
    return Arrays.stream(body.split("\\R{2,}")).map(String::strip).filter(text -> !text.isEmpty()).toList();
  }

  public List<String> addressLines() {
    return recipient.lines().toList();
  }

  /** False if the key of its words has ended. */
  public boolean isReadable() {
    return !recipient.isEmpty();
  }

  public boolean isLetter() {
    return kind.equals("letter");
  }
}
