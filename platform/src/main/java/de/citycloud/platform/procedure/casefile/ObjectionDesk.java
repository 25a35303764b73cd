package de.citycloud.platform.procedure.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objections to decisions (German: <i>Widerspruch</i>, §§ 68 to 73 VwGO), for staff. The same rules as in {@link CaseDesk}:
 * opening needs a purpose and is logged, and who comes too late is refused with {@code case-moved-on} (409).
 */
public interface ObjectionDesk {
  /** How an objection goes on or ends. */
  enum Ruling {
    /** <i>Abhilfe</i> (§ 72 VwGO): a new decision replaces the old one, and the objection ends. */
    REMEDIED,
    /** <i>Teilabhilfe</i>: a new decision replaces the old one; what is left is still to be ruled on. */
    PARTLY_REMEDIED,
    /** <i>Widerspruchsbescheid</i> (§ 73 VwGO) of the municipality itself: the decision stays. */
    REJECTED,
    /** The same, because it came too late (<i>Verfristung</i>, § 70 VwGO). */
    TOO_LATE,
    /** Handed over to the reviewing authority; it stays open until that has ruled. */
    FORWARDED,
    /** The reviewing authority has rejected it: the decision stays. */
    UPHELD,
    /** Whoever objected takes it back. */
    WITHDRAWN;

    /** True if a new decision takes the place of the old one. */
    public boolean isNewDecision() {
      return this == REMEDIED || this == PARTLY_REMEDIED;
    }

    /** True if it is a document of its own that whoever objected gets. */
    public boolean isDocument() {
      return this == REJECTED || this == TOO_LATE;
    }

    /** True if somebody here decides; others are noted down. */
    public boolean isOurs() {
      return isNewDecision() || isDocument();
    }
  }

  /** Where an objection stands. */
  enum Stage {
    /** With us. */
    OPEN,
    /** With the reviewing authority. */
    AUTHORITY, ENDED
  }

  /**
   * One objection.
   *
   * @param lastDay on which one could object
   * @param late true if it came after that
   * @param remedy {@code PARTLY_REMEDIED} if a part was remedied already; null if nothing was
   * @param ruling how it ended; null while it is open
   * @param grounds what was said to whoever objected; empty while it is open
   * @param authority to which it was handed over; null if it was not
   * @param account who ruled; null while it is open, and if whoever objected took it back
   * @param alone true if that person made the first decision, too, because nobody else is there
   */
  record Objection(long id, Instant receivedAt, LocalDate lastDay, boolean late, Stage stage, @Nullable Ruling remedy,
      @Nullable Ruling ruling, @Nullable Instant ruledAt, String grounds, @Nullable String authority,
      @Nullable Integer account, boolean alone) {}

  /**
   * What the signed-in person can do about the open objection of a case.
   *
   * @param objection that is open
   * @param choices rulings that are possible now, in the order to offer them
   * @param outcomes of a new decision, as in the flow of the package: key and words
   * @param rule who reviews, and which court
   * @param fourEyes true if the package wants a second person for decisions
   * @param first true if the signed-in person made the decision that is objected to
   * @param alone true if nobody else works in the office
   */
  record Desk(Objection objection, Set<Ruling> choices, Map<String, String> outcomes, ObjectionRules.Rule rule,
      boolean fourEyes, boolean first, boolean alone) {
    /** True if the signed-in person must leave the ruling to somebody else. */
    public boolean needsSomebodyElse() {
      return fourEyes && first && !alone;
    }
  }

  /**
   * A ruling.
   *
   * @param grounds what whoever objected reads; required
   * @param outcome of the new decision, one of the outcomes of the flow; null if there is no new one
   * @param conditions of the new decision; may be empty
   */
  record Ruled(Ruling ruling, String grounds, @Nullable String outcome, String conditions) {}

  /** What can be done; empty if no objection is open or a new decision is on its way. */
  Optional<Desk> open(CaseReference reference);

  /** All of a case, oldest first; empty for cases of other offices. */
  List<Objection> listOf(CaseReference reference);

  /** The document that a rejection becomes, as safe XHTML with headings from the second level; logs nothing, changes nothing. */
  Map<String, Object> preview(CaseReference reference, Ruled ruled);

  /**
   * Rules on the open objection.
   *
   * @throws de.citycloud.platform.problem.CityProblem {@code objection-second-person} (409) if somebody else has to,
   *     {@code objection-ruling} (422) if this ruling is not possible now
   */
  void rule(CaseReference reference, Ruled ruled, long version);

  /**
   * Takes in an objection that came by post or was noted down at the counter (§ 70 VwGO).
   *
   * @param text what it says; may be empty
   */
  void receive(CaseReference reference, LocalDate on, String text, long version);

  /** True if one can come in now: there is a decision and no other objection to it. */
  boolean mayReceive(CaseReference reference);
}
