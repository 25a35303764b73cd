package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.identity.Staff;
import de.citycloud.platform.privacy.Readings;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.CaseReference;
import de.citycloud.platform.procedure.casefile.CaseStatus;
import de.citycloud.platform.procedure.casefile.CaseStatus.PaymentState;
import de.citycloud.platform.procedure.casefile.Outcome;
import de.citycloud.platform.procedure.casefile.Submission;
import de.citycloud.platform.procedure.pack.Flow.Task.Kind;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** One case in the state that a page test wants, and a list of what the pages did with it. */
final class FakeCases implements CaseDesk {
  static final CaseReference REFERENCE = new CaseReference("2026-7K3F-9QXD");
  private static final Instant RECEIVED = Instant.parse("2026-11-20T09:12:00Z");

  final List<String> done = new ArrayList<>();
  private final ResolvedProcedure procedure;
  private final Staff staff;
  VisibleState state = VisibleState.IN_REVIEW;
  Kind kind = Kind.DECIDE;
  boolean secondLook;
  boolean decided;
  long version = 7;
  Map<String, Object> answers = Map.of();

  FakeCases(ResolvedProcedure procedure, Staff staff) {
    this.procedure = procedure;
    this.staff = staff;
  }

  @Override
  public Page list(View view, @Nullable String key, @Nullable String search, int page) {
    var rows = new ArrayList<Row>();
    var today = LocalDate.now(java.time.ZoneId.of("Europe/Berlin"));
    if (view == View.DONE) {
      rows.add(new Row(new CaseReference("2026-AAAA-BBBB"), procedure.key(), "Sondernutzung", VisibleState.CLOSED,
          Outcome.GRANTED, null, "ordnungsamt", null, RECEIVED, null, false, false, false));
    } else if (view != View.OPEN && page == 0) {
      rows.add(new Row(REFERENCE, procedure.key(), "Sondernutzung im öffentlichen Raum", state, null, "Entscheiden",
          "ordnungsamt", me(), RECEIVED, today.minusDays(2), true, true, false));
      rows.add(new Row(new CaseReference("2026-8MNP-2345"), procedure.key(), "Sondernutzung im öffentlichen Raum",
          VisibleState.INFORMATION_NEEDED, null, null, "ordnungsamt", null, RECEIVED, today.plusDays(9), false, false,
          false));
      rows.add(new Row(new CaseReference("2026-WXYZ-7777"), procedure.key(), "Sondernutzung im öffentlichen Raum",
          VisibleState.RECEIVED, null, "Antrag prüfen", "ordnungsamt", null, RECEIVED, today.plusDays(2), false,
          false, false));
    }
    return new Page(rows.stream().filter(row -> search == null || row.reference().text().startsWith(search)).toList(),
        page, view == View.TEAM ? 170 : rows.size());
  }

  @Override
  public Set<CaseReference> inCharge(Collection<CaseReference> references) {
    return Set.copyOf(references);
  }

  @Override
  public void clearMoney(CaseReference reference, boolean counts) {
    done.add("cleared " + counts);
  }

  @Override
  public Map<View, Long> counts() {
    return Map.of(View.OWN, 3L, View.OPEN, 0L, View.TEAM, 1000L, View.DUE, 1L, View.OBJECTIONS, 0L, View.DONE, 41L);
  }

  @Override
  public long count(View view) {
    return counts().getOrDefault(view, 0L);
  }

  @Override
  public Optional<Opened> open(CaseReference reference) {
    return reference.equals(REFERENCE) ? Optional.of(opened()) : Optional.empty();
  }

  private int me() {
    return staff.signedIn().orElseThrow().accountId();
  }

  private Opened opened() {
    boolean waiting = state == VisibleState.INFORMATION_NEEDED;
    var history = List.of(new CaseStatus.Entry(RECEIVED, "received", List.of()));
    var documents = List.of(
        new CaseStatus.Document(11, RECEIVED, "Lageplan <b>fett</b>.pdf", "application/pdf", 240_123, false, null),
        new CaseStatus.Document(12, RECEIVED, "Bescheid.pdf", "application/pdf", 1_200_000, true,
            "7K3F-9QXD-2222-ABCD"));
    var status = new CaseStatus(REFERENCE, procedure, decided ? VisibleState.DECIDED : state,
        decided ? Outcome.PARTLY : null, RECEIVED, RECEIVED.plus(Duration.ofHours(3)), null, answers, history,
        List.of(new CaseStatus.Note(RECEIVED, false, "<script>alert(1)</script> Bitte schnell.")), documents,
        waiting ? "Es fehlt der Lageplan." : null, waiting ? LocalDate.of(2027, 1, 4) : null,
        new BigDecimal("45.00"), PaymentState.INVOICE, Set.of(), List.of());
    var outcomes = new LinkedHashMap<String, String>();
    (switch (kind) {
      case DECIDE -> Map.of("grant", "Bewilligen", "refuse", "Ablehnen", "partly", "Teilweise bewilligen");
      case SECOND_LOOK -> Map.of("approve", "Zustimmen", "return", "Zurückgeben");
      case HEARING -> Map.of("fine", "Keine Bedenken", "objections", "Bedenken");
      case REVIEW -> Map.of("complete", "Vollständig");
      case HAND_OVER -> Map.of("done", "Abgegeben");
    }).entrySet().stream().sorted(Map.Entry.comparingByKey())
        .forEach(one -> outcomes.put(one.getKey(), one.getValue()));
    var tasks = decided
        ? List.<OpenTask>of()
        : List.of(new OpenTask(5, "decide", kind, "ordnungsamt", RECEIVED, me(), true, outcomes),
            new OpenTask(6, "hear-fire", Kind.HEARING, "fire", RECEIVED, null, false, Map.of("fine", "Gut")));
    var heard = List.of(new Heard("police", RECEIVED, "Bedenken", "Rettungsweg freihalten."));
    var decisions = decided || kind == Kind.SECOND_LOOK
        ? List.of(new DecisionMade(3, Outcome.PARTLY, "Nur bis 22 Uhr.", "Rettungsweg 3,50 m.", RECEIVED, me(), null,
            decided ? RECEIVED : null, LocalDate.of(2026, 12, 28), false))
        : List.<DecisionMade>of();
    return new Opened(status, version, "ordnungsamt", me(), Submission.Channel.PAPER, LocalDate.of(2026, 11, 25),
        waiting, tasks, heard, decisions, List.of(new InternalNote(RECEIVED, me(), "Telefonat geführt.")), null,
        secondLook);
  }

  private void did(String what, long seen) {
    if (seen != version) {
      throw new CityProblem("case-moved-on", HttpStatus.CONFLICT, "The case is at %d, expected %d.\nOpen it again."
          .formatted(version, seen));
    }
    done.add(what);
  }

  @Override
  public List<Readings.Reading> readings(CaseReference reference) {
    return List.of(new Readings.Reading(RECEIVED, "account:" + me(), "case-work", reference.text(), "x"));
  }

  @Override
  public Optional<byte[]> content(CaseReference reference, long document) {
    return Optional.of("%PDF".getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void assign(CaseReference reference, @Nullable Integer account) {
    done.add("assign " + (account == null ? "nobody" : account == me() ? "me" : "other"));
  }

  @Override
  public void complete(CaseReference reference, long task, String outcome, String text,
      @Nullable DecisionWords decision, long seen) {
    did("complete %d %s [%s] %s".formatted(task, outcome, text, decision), seen);
  }

  @Override
  public void requestInformation(CaseReference reference, String text, LocalDate until, long seen) {
    did("request [%s] %s".formatted(text, until), seen);
  }

  @Override
  public void endWaiting(CaseReference reference, long seen) {
    did("resume", seen);
  }

  @Override
  public void write(CaseReference reference, String text) {
    done.add("write [" + text + "]");
  }

  @Override
  public void note(CaseReference reference, String text) {
    done.add("note [" + text + "]");
  }

  @Override
  public void addFile(CaseReference reference, Submission.Attachment file) {
    done.add("file %s %s".formatted(file.name(), file.mediaType()));
  }

  @Override
  public void correct(CaseReference reference, long decision, DecisionWords words, long seen) {
    did("correct %d %s".formatted(decision, words), seen);
  }

  @Override
  public void withdrawDecision(CaseReference reference, long decision, String grounds, long seen) {
    did("withdraw %d [%s]".formatted(decision, grounds), seen);
  }

  @Override
  public void handOver(CaseReference reference, String office, @Nullable String otherAuthority, String reason,
      long seen) {
    did("hand over %s %s [%s]".formatted(office, otherAuthority, reason), seen);
  }

  @Override
  public void print(CaseReference reference, long document, List<String> address) {
    done.add("print %d %s".formatted(document, address));
  }

  @Override
  public List<Substitution> substitutions() {
    return List.of(new Substitution(me(), me() + 1, LocalDate.of(2026, 11, 20), LocalDate.of(2027, 1, 8)));
  }

  @Override
  public void substitute(Substitution substitution) {
    done.add("substitute until " + substitution.until());
  }

  @Override
  public List<Numbers> statistics() {
    var all = new ArrayList<Numbers>();
    for (int month = 11; month >= 1; month--) {
      all.add(new Numbers(procedure.key(), "Sondernutzung im öffentlichen Raum", "2026-%02d".formatted(month),
          30 + month * 3, 20 + month, 6, 5, month == 4 ? 1 : 0, 6.0 + month % 3, month == 11 ? 2 : 0));
    }
    return all;
  }
}
