package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.procedure.ResolvedProcedure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application that is complete.
 *
 * @param key made when the form was opened: the same key sent twice is the same case
 * @param answers valid, only those that are asked
 * @param files those that the answers name
 * @param channel how it came in
 * @param account number of the applicant's account; null without one
 * @param email where to write to; null if there is none
 * @param payNow true if the applicant chose to pay online, false for an invoice
 */
public record Submission(UUID key, ResolvedProcedure procedure, Map<String, Object> answers, List<Attachment> files,
    Channel channel, Locale language, @Nullable Integer account, @Nullable String email, boolean payNow) {
  /** How an application came in. */
  public enum Channel {
    ONLINE, PAPER, PHONE, COUNTER
  }

  /**
   * A file.
   *
   * @param id as the answer names it
   * @param name as the person calls it, at most 200 characters
   * @param mediaType e.g. {@code application/pdf}
   */
  public record Attachment(String id, String name, String mediaType, byte[] content) {
    @Override
    public String toString() {
      return "attachment of " + content.length + " bytes";
    }
  }

  public Submission {
    answers = Map.copyOf(answers);
    files = List.copyOf(files);
  }

  /** Says nothing personal. */
  @Override
  public String toString() {
    return "submission " + key;
  }
}
