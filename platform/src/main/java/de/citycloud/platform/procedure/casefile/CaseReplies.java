package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.WorkingDays;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.pack.VisibleState;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What applicants say in a running case: messages, what was asked for. In the caller's transaction. */
@Component
class CaseReplies {
  /** Files at once. */
  private static final int MOST_FILES = 5;

  private final CaseStore store;
  private final CasePapers papers;
  private final CaseViews views;
  private final AuditLog audit;

  CaseReplies(CaseStore store, CasePapers papers, CaseViews views, AuditLog audit) {
    this.store = store;
    this.papers = papers;
    this.views = views;
    this.audit = audit;
  }

  CaseProgress.Work work(CaseFile file, Instant now) {
    var procedure = views.procedureOf(file);
    return new CaseProgress.Work(file, procedure, views.applicationOf(file, procedure), now);
  }

  void write(CaseFile file, String text) {
    var said = CaseRules.text(text, 1, CaseRules.MOST_TEXT);
    if (file.closedAt() != null) {
      throw CaseRules.movedOn(file, "one that is open");
    }
    var now = Instant.now();
    papers.hear(file, said, now);
    store.event(file.id(), now, "message");
    store.touch(file, true);
    audit.record(AuditEntry.of("case.message-received", file.inLog()));
  }

  void answer(CaseFile file, String text, List<Submission.Attachment> files) {
    if (file.state() != VisibleState.INFORMATION_NEEDED) {
      throw CaseRules.movedOn(file, "one that waits for information");
    }
    if (files.size() > MOST_FILES) {
      throw new CityProblem("case-files", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          There are %d files, expected at most %d.
          Maybe put several pages into one file.""".formatted(files.size(), MOST_FILES));
    }
    var now = Instant.now();
    var said = CaseRules.text(text, files.isEmpty() ? 1 : 0, CaseRules.MOST_TEXT);
    if (!said.isEmpty()) {
      papers.hear(file, said, now);
    }
    files.forEach(one -> papers.add(file.id(), file.person(), paper(one), now));
    resume(file, now);
    store.event(file.id(), now, "information-received");
    store.touch(file, true);
    audit.record(AuditEntry.of("case.information-received", file.inLog()).with("files", files.size()));
  }

  /** The clock goes on with the days that were left. */
  void resume(CaseFile file, Instant now) {
    store.due(file, dueAfterPause(file.clockLeft(), ProcedureRules.local(now).toLocalDate()), null, null);
    store.state(file, VisibleState.IN_REVIEW, now);
  }

  /** @param left days; negative if the deadline was over; null if there is none */
  static @Nullable LocalDate dueAfterPause(@Nullable Integer left, LocalDate today) {
    return left == null ? null : WorkingDays.sameOrNext(today.plusDays(left));
  }

  CasePapers.Paper paper(Submission.Attachment file) {
    var name = file.name().replaceAll("[\\p{Cntrl}/\\\\]+", " ").strip();
    return new CasePapers.Paper(name.isEmpty() ? "file" : name.substring(0, Math.min(200, name.length())),
        file.mediaType(), file.content(), false, null);
  }
}
