package de.citycloud.platform.procedure.engine;

import de.citycloud.platform.procedure.pack.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A plain walk over a flow with tokens, by which the engine is measured. */
final class FlowWalk {
  private final Flow flow;
  private final Set<String> open = new HashSet<>();
  private final Map<String, String> outcomes = new HashMap<>();
  private final Map<String, Integer> arrived = new HashMap<>();

  FlowWalk(Flow flow) {
    this.flow = flow;
  }

  /** Services that one step reached. */
  record Reached(List<String> services) {}

  Reached start() {
    var reached = new Reached(new ArrayList<>());
    flow.nodes().values().stream().filter(Flow.Start.class::isInstance).forEach(node -> leave(node, reached));
    return reached;
  }

  Reached complete(String node, String outcome) {
    var reached = new Reached(new ArrayList<>());
    open.remove(node);
    outcomes.put(node, outcome);
    leave(Objects.requireNonNull(flow.nodes().get(node)), reached);
    return reached;
  }

  Set<String> open() {
    return open;
  }

  private void enter(String id, Reached reached) {
    switch (Objects.requireNonNull(flow.nodes().get(id))) {
      case Flow.Task task -> open.add(task.id());
      case Flow.Service service when EngineModel.isTable(service) -> open.add(service.id());
      case Flow.Service service -> {
        reached.services.add(service.id());
        leave(service, reached);
      }
      case Flow.Gateway gateway when gateway.parallel() -> {
        long ways = flow.sequences().stream().filter(sequence -> sequence.to().equals(id)).count();
        if (arrived.merge(id, 1, Integer::sum) == ways) {
          arrived.remove(id);
          leave(gateway, reached);
        }
      }
      case Flow.Gateway gateway -> leave(gateway, reached);
      case Flow.End end -> {
      }
      case Flow.Start start -> throw new AssertionError("No way leads to " + start.id());
    }
  }

  private void leave(Flow.Node node, Reached reached) {
    var ways = flow.sequences().stream().filter(sequence -> sequence.from().equals(node.id())).toList();
    if (node instanceof Flow.Gateway gateway && !gateway.parallel()) {
      var way = ways.stream()
          .filter(one -> one.task() != null && String.valueOf(one.outcome()).equals(outcomes.get(one.task())))
          .findFirst().or(() -> ways.stream().filter(one -> one.task() == null).findFirst()).orElseThrow();
      enter(way.to(), reached);
    } else {
      ways.forEach(way -> enter(way.to(), reached));
    }
  }
}
