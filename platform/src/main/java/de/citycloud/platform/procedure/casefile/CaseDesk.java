package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.privacy.Readings;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cases for staff. Opening one needs the permission to read data of persons and the stated purpose {@code CASE_WORK}; it is
 * logged, and the applicant sees it. Every change names who did it in the audit log. Calls on a case that has moved on
 * meanwhile are refused with {@code case-moved-on} (409).
 */
public interface CaseDesk {
  /** What to list. */
  enum View {
    /** Assigned to me. */
    OWN,
    /** Of my offices, not assigned. */
    OPEN,
    /** Everything of my offices. */
    TEAM,
    /** Deadline within three days, or over. */
    DUE,
    /** Objections of my offices that are not ruled on. */
    OBJECTIONS,
    /** Closed, withdrawn, forwarded. */
    DONE
  }

  /** One line of the inbox: nothing that needs a key. @param task what is to do next; null if nothing @param assignee account; null if nobody @param objected true if an objection is open */
  record Row(CaseReference reference, String procedure, String procedureName, VisibleState state,
      @Nullable Outcome outcome, @Nullable String task, String office, @Nullable Integer assignee, Instant receivedAt,
      @Nullable LocalDate dueOn, boolean overdue, boolean unread, boolean objected) {}

  /** A page of the inbox, most urgent first. @param total at most 10,000 counted @param page from 0, fifty rows */
  record Page(List<Row> rows, int page, long total) {}

  /** Lists for the signed-in person. @param procedure key; null for all @param search reference or its beginning; null for all */
  Page list(View view, @Nullable String procedure, @Nullable String search, int page);

  /** How many there are in each view, for the inbox; at most 1,000 each are counted. */
  Map<View, Long> counts();

  /** How many there are in one view, for the navigation; at most 1,000 are counted. */
  long count(View view);

  /** An open task of a case. @param mine true if the signed-in person may complete it */
  record OpenTask(long id, String nodeId, Flow.Task.Kind kind, String office, Instant since,
      @Nullable Integer assignee, boolean mine, Map<String, String> outcomes) {}

  /** What an office said when it was heard. */
  record Heard(String office, Instant at, String outcome, String text) {}

  /** A draft of a decision or one that was made. @param account who @param approvedBy second person; null if none yet */
  record DecisionMade(long id, Outcome outcome, String grounds, String conditions, Instant at, int account,
      @Nullable Integer approvedBy, @Nullable Instant notifiedAt, @Nullable LocalDate objectionUntil,
      boolean withdrawn) {}

  /** A case as staff sees it. @param version for {@code case-moved-on} @param internalNotes newest last */
  record Opened(CaseStatus status, long version, String office, @Nullable Integer assignee, Submission.Channel channel,
      @Nullable LocalDate dueOn, boolean paused, List<OpenTask> tasks, List<Heard> heard,
      List<DecisionMade> decisions, List<InternalNote> internalNotes, @Nullable String email, boolean secondLook) {}

  /** Words of staff for staff. */
  record InternalNote(Instant at, int account, String text) {}

  /** Opens a case; logs the reading. Empty if there is none here, or none of the reader's offices. */
  Optional<Opened> open(CaseReference reference);

  /** Who read this case, newest first; the applicant sees the same. Empty for cases of other offices. */
  List<Readings.Reading> readings(CaseReference reference);

  /** Content of a document or file. */
  Optional<byte[]> content(CaseReference reference, long document);

  /** Takes a case, or gives it to somebody; null puts it back. Giving needs {@code LEAD_OFFICE} unless it is one's own. */
  void assign(CaseReference reference, @Nullable Integer account);

  /** What a decision says. @param conditions obligations (<i>Nebenbestimmungen</i>); may be empty */
  record DecisionWords(Outcome outcome, String grounds, String conditions) {}

  /**
   * Completes a task.
   *
   * @param text of a hearing or a second look that returns; else empty
   * @param decision for tasks of kind DECIDE; else null
   */
  void complete(CaseReference reference, long task, String outcome, String text, @Nullable DecisionWords decision,
      long version);

  /** Asks for something; the clock stops until it comes. */
  void requestInformation(CaseReference reference, String text, LocalDate until, long version);

  /** Goes on without what was asked for. */
  void endWaiting(CaseReference reference, long version);

  /** A message to the applicant. */
  void write(CaseReference reference, String text);

  /** A note that the applicant does not see in the case, but in a copy of their data. */
  void note(CaseReference reference, String text);

  /** Adds a paper that came by post. */
  void addFile(CaseReference reference, Submission.Attachment file);

  /** Corrects an obvious mistake in a decision that is out (§ 42 LVwVfG): a new document replaces the old one. */
  void correct(CaseReference reference, long decision, DecisionWords words, long version);

  /** Takes a decision back (§§ 48, 49 LVwVfG): the case is in review again. */
  void withdrawDecision(CaseReference reference, long decision, String grounds, long version);

  /** Gives the case to another office of this municipality, or, with its name, to another authority: then it is FORWARDED. */
  void handOver(CaseReference reference, String office, @Nullable String otherAuthority, String reason, long version);

  /** Puts the last decision into the print queue as a letter. @param address 2 to 6 lines */
  void print(CaseReference reference, long document, List<String> address);

  /** Those of which one of my offices is in charge; of cases that are gone, if I lead an office. Shows nothing of them. */
  Set<CaseReference> inCharge(Collection<CaseReference> references);

  /** Says what became of money that did not settle the fee. @param counts false if it was paid back */
  void clearMoney(CaseReference reference, boolean counts);

  /** Who looks after whose cases while they are away. */
  record Substitution(int away, int substitute, LocalDate from, LocalDate until) {}

  /** Current and coming ones of my offices. */
  List<Substitution> substitutions();

  /** Sets one for oneself, or, who leads an office, for anybody of it. */
  void substitute(Substitution substitution);

  /** Numbers without persons: per procedure and month received, decided by outcome, median days, overdue. */
  record Numbers(String procedure, String procedureName, String month, long received, long granted, long refused,
      long partly, long withdrawn, @Nullable Double medianDays, long overdue) {}

  /** The last 24 months, newest first; kept also after cases are deleted. */
  List<Numbers> statistics();
}
