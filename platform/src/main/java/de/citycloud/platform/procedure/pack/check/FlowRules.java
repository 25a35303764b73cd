package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.Flow.Sequence;
import de.citycloud.platform.procedure.pack.read.Findings;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The way of a case leads from its start to an end, whatever people decide. */
final class FlowRules {
  private static final String FILE = "flow.bpmn ";

  private FlowRules() {}

  /** {@code flow-ends}: one start with one way out, at least one end, and nothing before or after them. */
  static void ends(Draft draft, Findings findings) {
    var nodes = draft.pack().flow().nodes().values();
    long starts = nodes.stream().filter(Flow.Start.class::isInstance).count();
    long ends = nodes.stream().filter(Flow.End.class::isInstance).count();
    if (starts != 1 || ends < 1) {
      findings.error("flow-ends", FILE,
          "There are %d starts and %d ends, expected one start and at least one end.".formatted(starts, ends));
    }
    for (var node : nodes) {
      int in = in(draft, node.id()).size();
      int out = out(draft, node.id()).size();
      boolean fine = switch (node) {
        case Flow.Start _ -> in == 0 && out == 1;
        case Flow.End _ -> in >= 1 && out == 0;
        case Flow.Task _,Flow.Service _ -> in >= 1 && out == 1;
        case Flow.Gateway _ -> in >= 1 && out >= 1;
      };
      if (!fine) {
        findings.error("flow-ends", FILE + node.id(),
            "\"%s\" has %d ways in and %d out, expected one way out of start and tasks, none out of an end.\nMaybe a "
                .formatted(node.id(), in, out) + "gateway splits and joins them.");
      }
    }
  }

  /** {@code flow-links}: each sequence flow joins two nodes that exist. */
  static void links(Draft draft, Findings findings) {
    var nodes = draft.pack().flow().nodes();
    for (var way : draft.pack().flow().sequences()) {
      if (!nodes.containsKey(way.from()) || !nodes.containsKey(way.to())) {
        findings.error("flow-links", FILE + way.id(),
            "\"%s\" goes from \"%s\" to \"%s\", expected two nodes.".formatted(
                way.id(), Findings.shown(way.from()), Findings.shown(way.to())));
      }
    }
  }

  /**
   * {@code outcome-without-way}: an exclusive gateway knows a way for each outcome of the task it asks for, and the task
   * is always done before it; other sequence flows ask for nothing.
   */
  static void gateways(Draft draft, Findings findings) {
    for (var way : draft.pack().flow().sequences()) {
      boolean chooses = draft.pack().flow().nodes().get(way.from()) instanceof Flow.Gateway(_, var parallel)
          && !parallel;
      if ((way.task() == null) != (way.outcome() == null) || (way.task() != null && !chooses)) {
        findings.error("outcome-without-way", FILE + way.id(),
            "\"%s\" has city:task or city:outcome alone or not at an exclusive gateway, expected both there."
                .formatted(way.id()));
      }
    }
    for (var node : draft.pack().flow().nodes().values()) {
      if (node instanceof Flow.Gateway(var id, var parallel) && !parallel) {
        gateway(draft, findings, id);
      }
    }
  }

  private static void gateway(Draft draft, Findings findings, String gateway) {
    var ways = out(draft, gateway);
    long otherwise = ways.stream().filter(way -> way.task() == null).count();
    if (otherwise > 1) {
      findings.error("outcome-without-way", FILE + gateway,
          "\"%s\" has %d ways that ask for no outcome, expected at most one.".formatted(gateway, otherwise));
    }
    var tasks = new HashSet<String>();
    for (var way : ways) {
      var name = way.task();
      if (name == null) {
        continue;
      }
      tasks.add(name);
      if (!(draft.pack().flow().nodes().get(name) instanceof Flow.Task task)
          || !task.outcomes().containsKey(String.valueOf(way.outcome()))) {
        findings.error("outcome-without-way", FILE + way.id(), "The task \"%s\" has no outcome \"%s\".".formatted(
            Findings.shown(name), Findings.shown(String.valueOf(way.outcome()))));
      } else if (reached(draft, start(draft), node -> !node.equals(name)).contains(gateway)) {
        findings.error("outcome-without-way", FILE + way.id(),
            "\"%s\" asks for \"%s\", which is not done on every way there.".formatted(gateway, name));
      } else if (otherwise == 0) {
        task.outcomes().keySet().stream()
            .filter(outcome -> ways.stream().noneMatch(one -> outcome.equals(one.outcome())))
            .forEach(outcome -> findings.error("outcome-without-way", FILE + gateway,
                "There is no way for the outcome \"%s\" of \"%s\", expected one, or a default.".formatted(outcome,
                    name)));
      }
    }
    if (tasks.size() > 1 && otherwise == 0) {
      findings.error("outcome-without-way", FILE + gateway,
          "\"%s\" asks for several tasks and has no default, expected one.".formatted(gateway));
    }
  }

  /** {@code flow-ways}: every node lies on a way from the start to an end. */
  static void ways(Draft draft, Findings findings) {
    var from = reached(draft, start(draft), _ -> true);
    for (var node : draft.pack().flow().nodes().keySet()) {
      boolean ends = reached(draft, List.of(node), _ -> true).stream()
          .anyMatch(id -> draft.pack().flow().nodes().get(id) instanceof Flow.End);
      if (!from.contains(node) || !ends) {
        findings.error("flow-ways", FILE + node,
            "\"%s\" lies on no way from the start to an end.".formatted(node));
      }
    }
  }

  /** {@code flow-loop}: a way back goes through a task of a person. */
  static void loops(Draft draft, Findings findings) {
    Predicate<String> machine = id -> !(draft.pack().flow().nodes().get(id) instanceof Flow.Task);
    for (var node : draft.pack().flow().nodes().keySet()) {
      if (machine.test(node)) {
        var next = out(draft, node).stream().map(Sequence::to).filter(machine).toList();
        if (reached(draft, next, machine).contains(node)) {
          findings.error("flow-loop", FILE + node,
              "\"%s\" leads back to itself without a person, expected a task on the way back.".formatted(node));
        }
      }
    }
  }

  static List<Sequence> out(Draft draft, String node) {
    return draft.pack().flow().sequences().stream().filter(way -> way.from().equals(node)).toList();
  }

  private static List<Sequence> in(Draft draft, String node) {
    return draft.pack().flow().sequences().stream().filter(way -> way.to().equals(node)).toList();
  }

  private static List<String> start(Draft draft) {
    return draft.pack().flow().nodes().values().stream().filter(Flow.Start.class::isInstance).map(Flow.Node::id)
        .toList();
  }

  /** Nodes that can be reached from {@code from} (which belong to them) over nodes that {@code open} lets pass. */
  private static Set<String> reached(Draft draft, List<String> from, Predicate<String> open) {
    var reached = new HashSet<>(from);
    var next = new ArrayDeque<>(from);
    while (!next.isEmpty()) {
      for (var way : out(draft, next.remove())) {
        if (open.test(way.to()) && reached.add(way.to())) {
          next.add(way.to());
        }
      }
    }
    return reached;
  }
}
