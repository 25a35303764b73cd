package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.read.DecisionFile;
import java.util.List;
import java.util.Map;

/** A package that was read, and is not yet known to be right. @param tables what its decision tables look like, by name */
public record Draft(ProcedurePackage pack, Map<String, DecisionFile> tables) {
  /** Tasks of people, in the order of the file. */
  List<Flow.Task> tasks() {
    return pack.flow().nodes().values().stream().filter(Flow.Task.class::isInstance).map(Flow.Task.class::cast)
        .toList();
  }

  /** Calls of the platform, in the order of the file. */
  List<Flow.Service> services() {
    return pack.flow().nodes().values().stream().filter(Flow.Service.class::isInstance).map(Flow.Service.class::cast)
        .toList();
  }
}
