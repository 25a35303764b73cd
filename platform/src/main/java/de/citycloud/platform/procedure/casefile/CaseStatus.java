package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A case as its applicant sees it.
 *
 * @param procedure as it applied when the case came in
 * @param outcome null until it is decided
 * @param expectedBy until when a decision is promised; null if nothing is promised or it is decided
 * @param informationAsked what was asked for; null if nothing is open
 * @param informationUntil until when; null if nothing is open
 * @param fee in euros; 0.00 if there is none
 * @param payment how it stands with the fee
 * @param may what the applicant can do now
 * @param objections to its decisions, oldest first; empty in a list of cases
 */
public record CaseStatus(CaseReference reference, ResolvedProcedure procedure, VisibleState state,
    @Nullable Outcome outcome, Instant receivedAt, Instant stateSince, @Nullable LocalDate expectedBy,
    Map<String, Object> answers, List<Entry> history, List<Note> messages, List<Document> documents,
    @Nullable String informationAsked, @Nullable LocalDate informationUntil, BigDecimal fee, PaymentState payment,
    Set<Action> may, List<Objected> objections) {
  /**
   * An objection.
   *
   * @param lastDay on which one could object
   * @param answerBy until when it is to be ruled on; null if it is ruled on, or elsewhere
   * @param authority to which it was handed over; null if it was not
   * @param ruling how it ended; null while it is open
   * @param grounds what was said; empty while nothing was
   */
  public record Objected(Instant receivedAt, LocalDate lastDay, boolean late, @Nullable LocalDate answerBy,
      @Nullable String authority, ObjectionDesk.@Nullable Ruling ruling, @Nullable Instant ruledAt, String grounds) {}

  /** One thing that happened, oldest first. @param key of its words: message {@code case.event.<key>} @param values for the words; nothing personal */
  public record Entry(Instant at, String key, List<String> values) {}

  /** A message. @param fromOffice false if the applicant wrote it */
  public record Note(Instant at, boolean fromOffice, String text) {}

  /** A document of the city or a file of the applicant. @param code by which anybody checks that it is genuine; null for files of the applicant */
  public record Document(long id, Instant at, String name, String mediaType, long bytes, boolean fromOffice,
      @Nullable String code) {}

  /** How it stands with the fee. */
  public enum PaymentState {
    /** Nothing to pay. */
    NONE,
    /** To be paid online, not yet paid. */
    OPEN, PAID,
    /** An invoice comes with the decision. */
    INVOICE,
    /** Money of another amount came; somebody of the city looks at it. */
    CHECK,
    /** Money came that is not owed; it is to be paid back. */
    REFUND,
    /** Paid back or not due any more. */
    CANCELLED
  }

  /** What an applicant may do. */
  public enum Action {
    WRITE, ANSWER, WITHDRAW, PAY, OBJECT,
    /** Object although the last day is over. */
    OBJECT_LATE, WITHDRAW_OBJECTION
  }

  /** Says nothing personal. */
  @Override
  public String toString() {
    return "case " + reference;
  }
}
