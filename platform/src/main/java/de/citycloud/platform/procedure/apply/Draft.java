package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.privacy.Person;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application that is being filled in.
 *
 * @param id stands in the address and becomes the key of the submission
 * @param procedure its key
 * @param person key of the draft's own, which ends with it
 * @param account whose it is; null for somebody without
 * @param answers by field, as {@code rules} keeps them
 * @param files that were sent so far, oldest first
 * @param receipt null until it was sent
 */
record Draft(UUID id, String procedure, Person person, @Nullable Integer account, Map<String, Object> answers,
    List<KeptFile> files, @Nullable Receipt receipt, Instant expiresAt) {
  /** A file without its content. @param field for which it was sent @param bytes its size */
  record KeptFile(String id, String field, String name, String mediaType, long bytes) {}

  /** What is shown after sending, while the draft lives. @param expectedBy null if nothing is promised */
  record Receipt(String reference, String accessCode, BigDecimal fee, boolean payNow, @Nullable String email,
      @Nullable LocalDate expectedBy) {}

  /** Files of one field. */
  List<KeptFile> filesOf(String field) {
    return files.stream().filter(file -> file.field.equals(field)).toList();
  }

  boolean isSent() {
    return receipt != null;
  }

  /** Says nothing personal. */
  @Override
  public String toString() {
    return "draft " + id;
  }
}
