package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.FlowWalk;
import de.citycloud.platform.procedure.pack.read.Findings;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What people and the platform do in a flow. */
final class TaskRules {
  private static final String FILE = "flow.bpmn ";
  private static final int MOST_PLACES = 20_000;
  private static final List<String> EVENT = List.of("name", "place", "from", "until", "visitors");

  private TaskRules() {}

  /** {@code task}: outcomes fit the kind of the task, and its office is known. */
  static void tasks(Draft draft, Findings findings) {
    for (var task : draft.tasks()) {
      var outcomes = task.outcomes().keySet();
      boolean fine = switch (task.kind()) {
        case REVIEW, HEARING -> !outcomes.isEmpty();
        case DECIDE -> !outcomes.isEmpty() && Set.of("grant", "refuse", "partly").containsAll(outcomes);
        case SECOND_LOOK -> outcomes.equals(Set.of("approve", "return"));
        case HAND_OVER -> outcomes.equals(Set.of("done"));
      };
      if (!fine) {
        findings.error("task", FILE + task.id(),
            "The task \"%s\" of kind %s has the outcomes %s, expected some of grant, refuse, partly to decide, approve "
                .formatted(task.id(), task.kind(), outcomes) + "and return for a second look, done to hand over.");
      }
      if (!task.role().equals("own") && !draft.pack().offices().containsKey(task.role())
          && !draft.pack().parameters().containsKey(task.role())) {
        findings.error("task", FILE + task.id(),
            "The office \"%s\" is not known, expected own or one of \"offices\" in manifest.json.".formatted(
                Findings.shown(task.role())));
      }
    }
  }

  /** {@code service}: what the platform shall do is there: document, text, table, fields. */
  static void services(Draft draft, Findings findings) {
    var pack = draft.pack();
    for (var service : draft.services()) {
      var with = service.with();
      boolean fine = switch (service.call()) {
        case SEND_DOCUMENT -> with.keySet().equals(Set.of("document"))
            && pack.documents().containsKey(with.get("document") + ".de");
        case NOTIFY -> with.keySet().equals(Set.of("text"))
            && pack.texts().containsKey(with.getOrDefault("text", ""));
        case PUBLISH_EVENT -> with.keySet().equals(Set.copyOf(EVENT))
            && with.values().stream().allMatch(pack.fields()::containsKey);
        case DECIDE_BY_TABLE -> with.isEmpty() && draft.tables().containsKey("eligibility");
      };
      if (!fine) {
        findings.error("service", FILE + service.id(),
            "\"%s\" calls %s with %s, expected document=… of documents/, text=… of texts.json, or fields for %s."
                .formatted(service.id(), service.call(), with, EVENT));
      }
    }
  }

  /** {@code flow-stuck}: whatever people decide, in whatever order, the case goes on, and nothing happens twice at once; {@code flow-decide}: who decides does so when all others are done. */
  static void stuck(Draft draft, Findings findings) {
    if (findings.hasErrors()) {
      return;
    }
    var first = FlowWalk.start(draft.pack().flow());
    var seen = new HashSet<String>();
    var next = new ArrayDeque<FlowWalk>(List.of(first));
    String besides = null;
    while (!next.isEmpty()) {
      var walk = next.remove();
      walk.advance();
      if (walk.stuck() || walk.doubled()) {
        findings.error("flow-stuck", FILE,
            "A case gets stuck at %s, expected a way on.\nMaybe a parallel gateway waits "
                .formatted(Findings.shown(walk.place())) + "for a way that is not taken.");
        return;
      }
      if (walk.decidesBesides()) {
        besides = walk.place();
      }
      if (seen.add(walk.place())) {
        if (seen.size() > MOST_PLACES) {
          findings.error("limits", FILE,
              "The flow has more than %,d situations, expected fewer.".formatted(MOST_PLACES));
          return;
        }
        for (var task : walk.waiting()) {
          for (var outcome : task.outcomes().keySet()) {
            var copy = walk.copy();
            copy.complete(task, outcome);
            next.add(copy);
          }
        }
      }
    }
    if (besides != null) {
      findings.error("flow-decide", FILE,
          "A decision is made at %s while something else goes on, expected it after a parallel gateway has joined all.\n"
              .formatted(Findings.shown(besides)) + "Maybe let others be heard first and decide then.");
    }
  }

  /** Tasks that decide. */
  static List<Flow.Task> deciding(Draft draft) {
    return draft.tasks().stream().filter(task -> task.kind() == Flow.Task.Kind.DECIDE).toList();
  }
}
