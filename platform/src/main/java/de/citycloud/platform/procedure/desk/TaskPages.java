package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.casefile.CaseDesk.OpenTask;
import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.casefile.Outcome;
import de.citycloud.platform.procedure.pack.Flow.Task.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The open task of a case: look at it, say what one's office thinks, decide, confirm the decision of somebody else, hand
 * over. A decision is shown as the document it becomes before it goes.
 */
@Controller
@RequestMapping("/{municipality}/desk/{reference}/tasks/{task}")
class TaskPages {
  private final CaseRoom room;
  private final CaseDesk desk;
  private final TextBlocks blocks;
  private final DecisionPreview preview;

  TaskPages(CaseRoom room, CaseDesk desk, TextBlocks blocks, DecisionPreview preview) {
    this.room = room;
    this.desk = desk;
    this.blocks = blocks;
    this.preview = preview;
  }

  /** What the form sends. @param step {@code preview}, {@code edit} or {@code send} */
  record Work(@Nullable String outcome, @Nullable String text, @Nullable String grounds, @Nullable String conditions,
      @Nullable String insert, @Nullable String step, @Nullable String version) {}

  @GetMapping
  ModelAndView show(@PathVariable String reference, @PathVariable String task) {
    var opened = room.open(reference);
    var open = taskOf(opened, task);
    var only = open.outcomes().size() == 1 ? open.outcomes().keySet().iterator().next() : null;
    var draft = opened.decisions().isEmpty() || open.kind() != Kind.DECIDE ? null : opened.decisions().getLast();
    return page(opened, open, HttpStatus.OK).addObject("form", new Work(only, "", draft == null ? "" : draft.grounds(),
        draft == null ? "" : draft.conditions(), null, null, "" + opened.version()));
  }

  @PostMapping
  ModelAndView complete(@PathVariable String reference, @PathVariable String task,
      @ModelAttribute("form") Work form, BindingResult errors) {
    var opened = room.open(reference);
    long version = Typed.number(form.version, -1);
    var found = opened.tasks().stream().filter(one -> one.id() == Typed.number(task, -1)).findFirst();
    if (found.isEmpty() && version != opened.version()) {
      return room.page("moved-on", opened, HttpStatus.CONFLICT).addObject("written", written(form));
    }
    var open = found.orElseThrow(() -> noTask(task));
    if (form.insert != null) {
      return page(opened, open, HttpStatus.OK).addObject("form", new Work(form.outcome, form.text,
          blocks.append(opened, form.grounds, form.insert), form.conditions, null, null, form.version));
    }
    if ("edit".equals(form.step)) {
      return page(opened, open, HttpStatus.OK);
    }
    var outcome = Typed.text(form.outcome);
    if (!open.outcomes().containsKey(outcome)) {
      errors.rejectValue("outcome", "desk.outcome.missing");
    }
    var text = open.kind() == Kind.HEARING || open.kind() == Kind.SECOND_LOOK && outcome.equals("return")
        ? Typed.required(form.text, "text", "desk." + (open.kind() == Kind.HEARING ? "hearing" : "return"), errors)
        : Typed.optional(form.text, "text", errors);
    var decision = open.kind() == Kind.DECIDE ? decision(form, outcome, errors) : null;
    if (errors.hasErrors()) {
      return page(opened, open, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    if (decision != null && !"send".equals(form.step)) {
      return page(opened, open, HttpStatus.OK).addObject("preview", preview.of(opened, decision));
    }
    return room.act(opened, done(open, outcome, opened), written(form), errors,
        () -> page(opened, open, HttpStatus.UNPROCESSABLE_CONTENT),
        () -> desk.complete(opened.status().reference(), open.id(), outcome, text, decision, version));
  }

  private static @Nullable DecisionWords decision(Work form, String outcome, BindingResult errors) {
    var decided = Outcome.ofTask(outcome).orElse(null);
    // Who gets all they asked for needs no grounds (§ 39 Abs. 2 Nr. 1 LVwVfG).
    var grounds = decided == Outcome.GRANTED
        ? Typed.optional(form.grounds, "grounds", errors)
        : Typed.required(form.grounds, "grounds", "desk.grounds", errors);
    var conditions = Typed.optional(form.conditions, "conditions", errors);
    return decided == null ? null : new DecisionWords(decided, grounds, conditions);
  }

  private static String done(OpenTask task, String outcome, Opened opened) {
    return switch (task.kind()) {
      case DECIDE -> opened.secondLook() ? "completed" : "decided";
      case SECOND_LOOK -> outcome.equals("approve") ? "approved" : "returned";
      case HAND_OVER -> "handed-over";
      case REVIEW, HEARING -> "completed";
    };
  }

  /** Everything that was typed, so that it can be copied if the case has moved on. */
  private static String written(Work form) {
    return (Typed.text(form.text) + "\n\n" + Typed.text(form.grounds) + "\n\n" + Typed.text(form.conditions)).strip();
  }

  private ModelAndView page(Opened opened, OpenTask task, HttpStatus status) {
    var page = room.page("task", opened, status).addObject("task", task);
    page.addObject("name", Objects.requireNonNullElse(task.nodeId(), ""));
    if (task.kind() == Kind.DECIDE) {
      page.addObject("blocks", blocks.of(opened));
    }
    if (task.kind() == Kind.SECOND_LOOK && !opened.decisions().isEmpty()) {
      var made = opened.decisions().getLast();
      page.addObject("draft", made).addObject("preview",
          preview.of(opened, new DecisionWords(made.outcome(), made.grounds(), made.conditions())));
    }
    return page;
  }

  private static OpenTask taskOf(Opened opened, String task) {
    long id = Typed.number(task, -1);
    return opened.tasks().stream().filter(open -> open.id() == id).findFirst().orElseThrow(() -> noTask(task));
  }

  private static CityProblem noTask(String task) {
    return new CityProblem("task-not-found", HttpStatus.NOT_FOUND,
        "There is no open task %s in this case.\nMaybe somebody has done it meanwhile; open the case again."
            .formatted(task.length() > 20 ? "with this number" : task));
  }
}
