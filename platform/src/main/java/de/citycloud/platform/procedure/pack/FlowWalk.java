package de.citycloud.platform.procedure.pack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Walks a {@link Flow} without an engine: for examples and for the check that no case gets stuck. One walk is one case.
 */
public final class FlowWalk {
  private static final int MOST_MOVES = 2_000;
  private final Flow flow;
  private final List<String> tokens = new ArrayList<>();
  private final List<Flow.Task> waiting = new ArrayList<>();
  private final Map<String, String> outcomes = new TreeMap<>();
  private boolean endless;
  private boolean lost;

  private FlowWalk(Flow flow) {
    this.flow = flow;
  }

  /** A case at the start. Follow with {@link #advance()}. */
  public static FlowWalk start(Flow flow) {
    var walk = new FlowWalk(flow);
    flow.nodes().values().stream().filter(Flow.Start.class::isInstance).forEach(node -> walk.leave(node.id()));
    return walk;
  }

  /** The same case once more, to go another way. */
  public FlowWalk copy() {
    var copy = new FlowWalk(flow);
    copy.tokens.addAll(tokens);
    copy.waiting.addAll(waiting);
    copy.outcomes.putAll(outcomes);
    copy.endless = endless;
    copy.lost = lost;
    return copy;
  }

  /** Goes on until only people can; the services that were reached, in order. */
  public List<Flow.Service> advance() {
    var services = new ArrayList<Flow.Service>();
    int moves = 0;
    boolean moved = true;
    while (moved && !endless) {
      moved = false;
      for (var token : List.copyOf(tokens)) {
        if (tokens.contains(token) && move(token, services)) {
          moved = true;
          endless = ++moves > MOST_MOVES || tokens.size() > 100;
        }
        if (endless) {
          break;
        }
      }
    }
    return services;
  }

  /** Tasks that wait for a person. */
  public List<Flow.Task> waiting() {
    return List.copyOf(waiting);
  }

  /** Completes a task that waits. */
  public void complete(Flow.Task task, String outcome) {
    if (!waiting.remove(task)) {
      throw new IllegalArgumentException("The task %s does not wait.".formatted(task.id()));
    }
    outcomes.put(task.id(), outcome);
    leave(task.id());
  }

  /** True if the case has reached its end. */
  public boolean ended() {
    return tokens.isEmpty() && waiting.isEmpty() && !lost;
  }

  /** True if it can neither go on nor has ended. */
  public boolean stuck() {
    return endless || lost || (!tokens.isEmpty() && waiting.isEmpty());
  }

  /** Where the case stands, the same text for the same place; with the outcomes that still matter. */
  public String place() {
    return tokens.stream().sorted().toList() + "|" + waiting.stream().map(Flow.Task::id).sorted().toList() + "|"
        + outcomes;
  }

  /** True if two tokens stand at the same point, which a flow must not lead to. */
  public boolean doubled() {
    return Map.copyOf(count()).values().stream().anyMatch(count -> count > 1)
        || waiting.stream().distinct().count() < waiting.size();
  }

  /** True if somebody decides while the case is on its way elsewhere, too. */
  public boolean decidesBesides() {
    return waiting.size() + tokens.size() > 1
        && waiting.stream().anyMatch(task -> task.kind() == Flow.Task.Kind.DECIDE);
  }

  private Map<String, Integer> count() {
    var counts = new HashMap<String, Integer>();
    tokens.forEach(token -> counts.merge(token, 1, Integer::sum));
    return counts;
  }

  private boolean move(String token, List<Flow.Service> services) {
    var way = flow.sequences().stream().filter(one -> one.id().equals(token)).findFirst().orElse(null);
    var node = way == null ? null : flow.nodes().get(way.to());
    switch (node) {
      case null -> {
        tokens.remove(token);
        lost = true;
      }
      case Flow.Start _,Flow.End _ -> tokens.remove(token);
      case Flow.Task task -> {
        tokens.remove(token);
        waiting.add(task);
      }
      case Flow.Service service -> {
        tokens.remove(token);
        services.add(service);
        leave(service.id());
      }
      case Flow.Gateway gateway -> {
        return gateway.parallel() ? join(gateway) : choose(gateway, token);
      }
    }
    return true;
  }

  private boolean join(Flow.Gateway gateway) {
    var needed = flow.sequences().stream().filter(one -> one.to().equals(gateway.id())).map(Flow.Sequence::id).toList();
    if (!tokens.containsAll(needed)) {
      return false;
    }
    needed.forEach(tokens::remove);
    leave(gateway.id());
    return true;
  }

  private boolean choose(Flow.Gateway gateway, String token) {
    tokens.remove(token);
    Flow.Sequence otherwise = null;
    for (var way : flow.sequences()) {
      if (!way.from().equals(gateway.id())) {
        continue;
      }
      if (way.task() == null) {
        otherwise = way;
      } else if (way.outcome() != null && way.outcome().equals(outcomes.get(way.task()))) {
        tokens.add(way.id());
        return true;
      }
    }
    if (otherwise == null) {
      lost = true;
    } else {
      tokens.add(otherwise.id());
    }
    return true;
  }

  private void leave(String node) {
    flow.sequences().stream().filter(one -> one.from().equals(node)).forEach(one -> tokens.add(one.id()));
  }
}
