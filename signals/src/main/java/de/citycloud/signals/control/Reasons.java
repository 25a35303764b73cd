package de.citycloud.signals.control;

import java.util.Locale;

/** Puts a decision into words and numbers. */
final class Reasons {
  private Reasons() {}

  /** @param overdue group that had to be served; −1 if none */
  static String of(JunctionView view, PlanSearch.Result result, int overdue) {
    var intersection = view.intersection();
    var name = intersection.stages().get(result.stage()).name();
    if (overdue >= 0) {
      return "%s: %s has been red for %d s, at most that".formatted(name, intersection.groupName(overdue),
          view.redSeconds()[overdue]);
    }
    if (result.stage() == view.stage()) {
      return name + " goes on: " + queues(view, result.stage());
    }
    return name + " instead of " + intersection.stages().get(view.stage()).name() + ": " + queues(view, result.stage())
        + String.format(Locale.ROOT, "; plan costs %.0f s of waiting, staying %.0f s", result.cost(),
            result.stayCost());
  }

  /** Vehicles that stand and come on the lanes that a stage serves. */
  private static String queues(JunctionView view, int stage) {
    var groups = view.intersection().stages().get(stage).groups();
    double standing = 0;
    double coming = 0;
    int waits = 0;
    var counted = new java.util.BitSet();
    for (var movement : view.intersection().movements()) {
      if (groups.get(movement.group())) {
        waits = Math.max(waits, view.redSeconds()[movement.group()]);
        if (!counted.get(movement.lane())) {
          counted.set(movement.lane());
          standing += view.forecast().standing()[movement.lane()];
          for (int t = 0; t < 10; t++) {
            coming += view.forecast().arrivals()[movement.lane()][t];
          }
        }
      }
    }
    return Math.round(standing) + " stand, " + Math.round(coming) + " can pass within 10 s, red for " + waits + " s";
  }
}
