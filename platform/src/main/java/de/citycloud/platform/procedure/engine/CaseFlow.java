package de.citycloud.platform.procedure.engine;

import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.util.List;
import java.util.Map;

/**
 * The way of a case on the process engine. Each call runs in the caller's transaction; the engine knows the number of the
 * case and the outcomes of its tasks, nothing else.
 */
public interface CaseFlow {
  /**
   * What the flow wants after a step.
   *
   * @param services that were reached, in order; those that decide by a table are not among them
   * @param waiting tasks that were reached and wait for a person
   * @param tables decisions by table that were reached: they wait until they are completed with {@code grant} or
   *     {@code refuse}
   * @param ended true if the case is at its end
   */
  record Step(List<Flow.Service> services, List<Waiting> waiting, List<TableTurn> tables, boolean ended) {
    public Step {
      services = List.copyOf(services);
      waiting = List.copyOf(waiting);
      tables = List.copyOf(tables);
    }
  }

  /** A task that waits for a person. @param engineTask id in the engine */
  record Waiting(String engineTask, Flow.Task task) {}

  /** A decision by table that waits for what the table says. @param engineTask id in the engine */
  record TableTurn(String engineTask, Flow.Service service) {}

  /** Starts the flow of a case; the version of the package is deployed once. */
  Step start(ProcedurePackage pack, long caseNumber);

  /** Completes a task, or a decision by table, with one of its outcomes. */
  Step complete(ProcedurePackage pack, long caseNumber, String engineTask, String outcome);

  /**
   * Puts the flow back to its (first) task of kind DECIDE: a decision was withdrawn or returned.
   *
   * @param outcomes of the tasks before, by id of the task, for gateways that come later
   * @throws IllegalArgumentException if the flow has no such task
   */
  Step reopen(ProcedurePackage pack, long caseNumber, Map<String, String> outcomes);

  /** Ends the flow of a case that was withdrawn or forwarded; nothing happens if it has ended. */
  void cancel(long caseNumber);
}
