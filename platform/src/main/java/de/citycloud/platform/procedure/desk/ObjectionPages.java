package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.casefile.ObjectionDesk;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Desk;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Ruled;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Ruling;
import de.citycloud.platform.procedure.casefile.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
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
 * Ruling on an objection: first how it ends, then the words for it, then the document as it will be. Objections that came
 * on paper are taken in here, too.
 */
@Controller
@RequestMapping("/{municipality}/desk/{reference}/objection")
class ObjectionPages {
  private final CaseRoom room;
  private final ObjectionDesk desk;
  private final DecisionPreview preview;
  private final TextBlocks blocks;
  private final DeskWords words;
  private final MessageSource messages;

  ObjectionPages(CaseRoom room, ObjectionDesk desk, DecisionPreview preview, TextBlocks blocks, DeskWords words,
      MessageSource messages) {
    this.room = room;
    this.desk = desk;
    this.preview = preview;
    this.blocks = blocks;
    this.words = words;
    this.messages = messages;
  }

  /** What the form sends. @param step {@code preview}, {@code edit} or {@code send} */
  record Answer(@Nullable String ruling, @Nullable String outcome, @Nullable String grounds,
      @Nullable String conditions, @Nullable String insert, @Nullable String step, @Nullable String version) {}

  /** What the form for one on paper sends. */
  record Received(@Nullable String onDay, @Nullable String onMonth, @Nullable String onYear, @Nullable String text,
      @Nullable String version) {}

  @GetMapping
  ModelAndView show(@PathVariable String reference, @Nullable String ruling) {
    var opened = room.open(reference);
    var open = desk.open(opened.status().reference());
    if (open.isEmpty()) {
      return room.page("moved-on", opened, HttpStatus.CONFLICT).addObject("written", "");
    }
    var known = rulingOf(ruling).filter(one -> open.get().choices().contains(one));
    return known.map(one -> form(opened, open.get(), one, HttpStatus.OK).addObject("form",
        new Answer(one.name(), null, one == Ruling.TOO_LATE ? text("desk.objection.late.grounds") : "", "", null, null,
            "" + opened.version())))
        .orElseGet(() -> choose(opened, open.get(), HttpStatus.OK, ruling));
  }

  private ModelAndView choose(Opened opened, Desk open, HttpStatus status, @Nullable String sent) {
    var choices = new LinkedHashMap<String, String>();
    open.choices().forEach(one -> choices.put(one.name(), say("desk.objection.ruling." + one)));
    return room.page("objection", opened, sent == null ? status : HttpStatus.UNPROCESSABLE_CONTENT)
        .addObject("desk", open).addObject("choices", choices)
        .addObject("own", open.rule().isOwn(opened.status().procedure().key())).addObject("wrong", sent != null);
  }

  @PostMapping
  ModelAndView rule(@PathVariable String reference, @ModelAttribute("form") Answer form, BindingResult errors) {
    var opened = room.open(reference);
    var open = desk.open(opened.status().reference());
    var ruling = rulingOf(form.ruling);
    if (open.isEmpty() || ruling.isEmpty() || !open.get().choices().contains(ruling.get())) {
      return room.page("moved-on", opened, HttpStatus.CONFLICT).addObject("written", Typed.text(form.grounds));
    }
    if (form.insert != null) {
      return form(opened, open.get(), ruling.get(), HttpStatus.OK).addObject("form", new Answer(form.ruling,
          form.outcome, blocks.append(opened, form.grounds, form.insert), form.conditions, null, null, form.version));
    }
    if ("edit".equals(form.step)) {
      return form(opened, open.get(), ruling.get(), HttpStatus.OK);
    }
    return answer(opened, open.get(), ruling.get(), form, errors);
  }

  private ModelAndView answer(Opened opened, Desk open, Ruling ruling, Answer form, BindingResult errors) {
    var grounds = Typed.required(form.grounds, "grounds", "desk.objection", errors);
    var conditions = Typed.optional(form.conditions, "conditions", errors);
    boolean decides = ruling.isNewDecision();
    var outcome = Typed.text(form.outcome);
    if (decides && !open.outcomes().containsKey(outcome)) {
      errors.rejectValue("outcome", "desk.outcome.missing");
    }
    if (open.needsSomebodyElse() && ruling.isOurs()) {
      errors.reject("problem.objection-second-person.text");
    }
    if (errors.hasErrors()) {
      return form(opened, open, ruling, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var ruled = new Ruled(ruling, grounds, decides ? outcome : null, decides ? conditions : "");
    if (!"send".equals(form.step) && ruling.isOurs()) {
      var page = form(opened, open, ruling, HttpStatus.OK).addObject("seen", true);
      return decides
          ? page.addObject("preview", preview.of(opened, new DecisionWords(
              Outcome.ofTask(outcome).orElse(Outcome.PARTLY), grounds, conditions)))
          : page.addObject("letter", desk.preview(opened.status().reference(), ruled));
    }
    return room.act(opened, ruling == Ruling.FORWARDED ? "objection-forwarded" : "answered",
        (grounds + "\n\n" + conditions).strip(), errors,
        () -> form(opened, open, ruling, HttpStatus.UNPROCESSABLE_CONTENT),
        () -> desk.rule(opened.status().reference(), ruled, Typed.number(form.version, -1)));
  }

  private ModelAndView form(Opened opened, Desk open, Ruling ruling, HttpStatus status) {
    return room.page("objection-answer", opened, status).addObject("desk", open).addObject("ruling", ruling)
        .addObject("decides", ruling.isNewDecision()).addObject("letters", ruling.isDocument())
        .addObject("blocks", blocks.of(opened)).addObject("seen", false);
  }

  @GetMapping("/received")
  ModelAndView askReceived(@PathVariable String reference) {
    var opened = room.open(reference);
    var today = words.today();
    return received(opened, HttpStatus.OK).addObject("form", new Received("" + today.getDayOfMonth(),
        "" + today.getMonthValue(), "" + today.getYear(), "", "" + opened.version()));
  }

  @PostMapping("/received")
  ModelAndView receive(@PathVariable String reference, @ModelAttribute("form") Received form, BindingResult errors) {
    var opened = room.open(reference);
    var on = Typed.date(form.onDay, form.onMonth, form.onYear);
    if (on.isEmpty() || on.get().isAfter(words.today())) {
      errors.rejectValue("onDay", "desk.objection.received.on.form");
    }
    var text = Typed.optional(form.text, "text", errors);
    if (errors.hasErrors()) {
      return received(opened, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return room.act(opened, "objected", text, errors, () -> received(opened, HttpStatus.UNPROCESSABLE_CONTENT),
        () -> desk.receive(opened.status().reference(), on.orElseThrow(), text, Typed.number(form.version, -1)));
  }

  private ModelAndView received(Opened opened, HttpStatus status) {
    var last = What.of(opened).decided().map(made -> made.objectionUntil()).orElse(null);
    return room.page("objection-received", opened, status).addObject("lastDay", last);
  }

  private static Optional<Ruling> rulingOf(@Nullable String sent) {
    return Arrays.stream(Ruling.values()).filter(one -> one.name().equals(sent)).findFirst();
  }

  private String say(String key) {
    return messages.getMessage(key, null, LocaleContextHolder.getLocale());
  }

  /** German in every language of the page, as the letter (§ 23 LVwVfG). */
  private String text(String key) {
    return Objects.requireNonNullElse(messages.getMessage(key, null, key, Locale.GERMAN), key);
  }
}
