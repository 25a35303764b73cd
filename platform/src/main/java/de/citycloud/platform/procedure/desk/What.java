package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionMade;
import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.util.Optional;
import java.util.Set;

/**
 * What can be done with a case as it stands; {@code CaseDesk} has the last word.
 *
 * @param request ask the applicant for something
 * @param resume go on without what was asked for
 * @param write write a message
 * @param handOver give it to another office or authority
 * @param objection rule on an objection
 * @param decided the decision that is out and can be corrected or withdrawn
 */
record What(boolean request, boolean resume, boolean write, boolean handOver, boolean objection,
    Optional<DecisionMade> decided) {
  private static final Set<VisibleState> OPEN = Set.of(VisibleState.RECEIVED, VisibleState.IN_REVIEW);

  static What of(Opened opened) {
    var state = opened.status().state();
    boolean over = state == VisibleState.WITHDRAWN || state == VisibleState.FORWARDED;
    boolean waiting = state == VisibleState.INFORMATION_NEEDED;
    var decided = opened.decisions().stream().filter(one -> one.notifiedAt() != null && !one.withdrawn())
        .reduce((first, last) -> last);
    // While one is open and the case is in review, a new decision is on its way.
    boolean objected = state == VisibleState.DECIDED
        && opened.status().objections().stream().anyMatch(one -> one.ruling() == null);
    return new What(OPEN.contains(state) && opened.status().outcome() == null, waiting, !over,
        OPEN.contains(state) || waiting,
        decided.isPresent() && objected, decided);
  }
}
