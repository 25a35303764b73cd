package de.citycloud.platform.procedure.engine;

import java.util.ArrayList;
import java.util.List;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.ExecutionListener;
import org.flowable.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;

/** Notes what the engine reaches during one call, in order. */
final class Reached implements JavaDelegate, ExecutionListener {
  private static final long serialVersionUID = 1;
  private static final ThreadLocal<@Nullable Notes> NOTES = new ThreadLocal<>();

  /** Places of one call. @param services names of nodes @param waits execution and name of node */
  record Notes(List<String> services, List<Wait> waits, boolean[] end) {}

  /** A place where the engine waits. */
  record Wait(String execution, String node) {}

  /** Runs {@code work} and returns what it reached. */
  static Notes during(Runnable work) {
    var notes = new Notes(new ArrayList<>(), new ArrayList<>(), new boolean[1]);
    NOTES.set(notes);
    try {
      work.run();
      return notes;
    } finally {
      NOTES.remove();
    }
  }

  @Override
  public void execute(DelegateExecution execution) {
    note(execution).services.add(execution.getCurrentActivityId());
  }

  @Override
  public void notify(DelegateExecution execution) {
    if ("end".equals(execution.getEventName())) {
      note(execution).end[0] = true;
    } else {
      note(execution).waits.add(new Wait(execution.getId(), execution.getCurrentActivityId()));
    }
  }

  private static Notes note(DelegateExecution execution) {
    var notes = NOTES.get();
    if (notes == null) {
      throw new IllegalStateException(
          "The flow of case %s moved outside of a call.".formatted(execution.getProcessInstanceBusinessKey()));
    }
    return notes;
  }
}
