package de.citycloud.platform.procedure.engine;

import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.util.List;

/**
 * The way of a case on the process engine. Each call runs in the caller's transaction; the engine knows the number of the
 * case and the outcomes of its tasks, nothing else.
 */
public interface CaseFlow {
  /** What the flow wants after a step, in order: services that were reached. */
  record Step(List<Flow.Service> services, List<Waiting> waiting, boolean ended) {}

  /** A task that waits for a person. @param engineTask id in the engine */
  record Waiting(String engineTask, Flow.Task task) {}

  /** Starts the flow of a case; the version of the package is deployed once. */
  Step start(ProcedurePackage pack, long caseNumber);

  /** Completes a task with one of its outcomes. */
  Step complete(ProcedurePackage pack, long caseNumber, String engineTask, String outcome);

  /** Puts the flow back to its (first) task of kind DECIDE: a decision was withdrawn or returned. */
  Step reopen(ProcedurePackage pack, long caseNumber);

  /** Ends the flow of a case that was withdrawn or forwarded; nothing happens if it has ended. */
  void cancel(long caseNumber);
}
