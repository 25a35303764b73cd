package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.privacy.Readings;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CaseStatus.Action;
import de.citycloud.platform.procedure.casefile.CaseStatus.PaymentState;
import de.citycloud.platform.procedure.pack.VisibleState;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Cases as people see them. */
@Component
class CaseViews {
  private static final String ASKED = "case_file.asked";

  private final Procedures procedures;
  private final CaseStore store;
  private final CaseWords words;
  private final CasePapers papers;
  private final Objecting objecting;
  private final Readings readings;

  CaseViews(Procedures procedures, CaseStore store, CaseWords words, CasePapers papers,
      Objecting objecting, Readings readings) {
    this.procedures = procedures;
    this.store = store;
    this.words = words;
    this.papers = papers;
    this.objecting = objecting;
    this.readings = readings;
  }

  ResolvedProcedure procedureOf(CaseFile file) {
    return procedures.ofCase(file.activation(), file.receivedAt());
  }

  CaseWords.Application applicationOf(CaseFile file, ResolvedProcedure procedure) {
    return words.open(file, procedure.pack());
  }

  /** Reads several things of a case. */
  @Transactional // one connection, also for the keys
  <T> T together(Supplier<T> reading) {
    return reading.get();
  }

  /** Everything an applicant may see. */
  @Transactional // one connection, also for the keys
  CaseStatus whole(CaseFile file) {
    var procedure = procedureOf(file);
    var history = new ArrayList<>(store.events(file));
    history.addAll(readingsOf(file));
    history.sort(Comparator.comparing(CaseStatus.Entry::at));
    return status(file, procedure, applicationOf(file, procedure).answers(), history, papers.messages(file),
        papers.listOf(file), objecting.shownTo(file));
  }

  /** As in a list: without answers, messages and documents. */
  @Transactional // one connection, also for the keys
  CaseStatus brief(CaseFile file) {
    return status(file, procedureOf(file), Map.of(), List.of(), List.of(), List.of(), List.of());
  }

  byte[] sealAsked(CaseFile file, String text) {
    return words.sealText(file.person(), ASKED, text);
  }

  /** Once a day it was read, not each click: who applied without an account sees it here. */
  private List<CaseStatus.Entry> readingsOf(CaseFile file) {
    var days = new java.util.TreeMap<LocalDate, Instant>();
    readings.listOf(file.person())
        .forEach(reading -> days.put(ProcedureRules.local(reading.at()).toLocalDate(), reading.at()));
    return days.values().stream().map(at -> new CaseStatus.Entry(at, "read", List.of())).toList();
  }

  private CaseStatus status(CaseFile file, ResolvedProcedure procedure, Map<String, Object> answers,
      List<CaseStatus.Entry> history, List<CaseStatus.Note> messages, List<CaseStatus.Document> documents,
      List<CaseStatus.Objected> objections) {
    boolean waits = file.state() == VisibleState.INFORMATION_NEEDED;
    boolean promised = file.closedAt() == null && file.outcome() == null && !waits;
    return new CaseStatus(file.reference(), procedure, file.state(), file.outcome(), file.receivedAt(),
        file.stateSince(), promised ? file.dueOn() : null, answers, history, messages, documents,
        waits ? words.openText(file.person(), ASKED, file.asked()) : null, waits ? file.dueOn() : null, file.fee(),
        file.payment(), may(file), objections);
  }

  private Set<Action> may(CaseFile file) {
    var may = EnumSet.noneOf(Action.class);
    if (file.closedAt() == null) {
      may.add(Action.WRITE);
    }
    if (file.state() == VisibleState.INFORMATION_NEEDED) {
      may.add(Action.ANSWER);
    }
    if (file.isUndecided()) {
      may.add(Action.WITHDRAW);
    }
    if (file.payment() == PaymentState.OPEN) {
      may.add(Action.PAY);
    }
    may.addAll(objecting.actionsOf(file, ProcedureRules.local(Instant.now()).toLocalDate()));
    return may;
  }
}
