package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.SentPapers;
import de.citycloud.platform.procedure.casefile.Submission.Attachment;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** What comes into a case by post, and a case that goes to another office or authority. */
@Controller
@RequestMapping("/{municipality}/desk/{reference}")
class HandOverPages {
  private static final String OTHER = "other";

  private final CaseRoom room;
  private final CaseDesk desk;
  private final Offices offices;
  private final SentPapers papers;
  private final MessageSource messages;

  HandOverPages(CaseRoom room, CaseDesk desk, Offices offices, SentPapers papers, MessageSource messages) {
    this.room = room;
    this.desk = desk;
    this.offices = offices;
    this.papers = papers;
    this.messages = messages;
  }

  /** What the form sends. @param to key of an office, or {@code other} @param authority name of another authority */
  record HandOver(@Nullable String to, @Nullable String authority, @Nullable String reason, @Nullable String version) {}

  /** What the form sends besides the file. */
  record Paper(@Nullable String name) {}

  @GetMapping("/hand-over")
  ModelAndView ask(@PathVariable String reference, Locale language) {
    var opened = room.open(reference);
    return handOverPage(opened, HttpStatus.OK, language).addObject("form",
        new HandOver(null, "", "", "" + opened.version()));
  }

  @PostMapping("/hand-over")
  ModelAndView handOver(@PathVariable String reference, @ModelAttribute("form") HandOver form, BindingResult errors,
      Locale language) {
    var opened = room.open(reference);
    var to = Typed.text(form.to);
    var authority = Typed.text(form.authority);
    var reason = Typed.required(form.reason, "reason", "desk.hand-over.reason", errors);
    if (!targets(opened, language).containsKey(to)) {
      errors.rejectValue("to", "desk.hand-over.to.missing");
    }
    if (to.equals(OTHER) && (authority.length() < 3 || authority.length() > 200)) {
      errors.rejectValue("authority", "desk.hand-over.authority.form");
    }
    if (errors.hasErrors()) {
      return handOverPage(opened, HttpStatus.UNPROCESSABLE_CONTENT, language);
    }
    return room.act(opened, "handed-over", reason, errors,
        () -> handOverPage(opened, HttpStatus.UNPROCESSABLE_CONTENT, language),
        () -> desk.handOver(opened.status().reference(), to.equals(OTHER) ? opened.office() : to,
            to.equals(OTHER) ? authority : null, reason, Typed.number(form.version, -1)));
  }

  private ModelAndView handOverPage(Opened opened, HttpStatus status, Locale language) {
    return room.page("hand-over", opened, status).addObject("targets", targets(opened, language));
  }

  private Map<String, String> targets(Opened opened, Locale language) {
    var targets = OfficePages.namesOf(offices, opened.office());
    targets.put(OTHER, messages.getMessage("desk.hand-over.other", null, language));
    return targets;
  }

  @GetMapping("/files")
  ModelAndView askForFile(@PathVariable String reference) {
    return room.page("file", room.open(reference), HttpStatus.OK).addObject("form", new Paper(""));
  }

  @PostMapping("/files")
  ModelAndView addFile(@PathVariable String reference, @ModelAttribute("form") Paper form, BindingResult errors,
      @Nullable MultipartFile file) throws IOException {
    var opened = room.open(reference);
    var name = Typed.text(form.name);
    if (name.isEmpty() || name.length() > 120) {
      errors.rejectValue("name", "desk.file.name.form");
    }
    Attachment scan = null;
    try {
      scan = file == null || file.isEmpty() ? null : papers.read(file, name);
      if (scan == null) {
        errors.reject("desk.file.missing");
      }
    } catch (CityProblem refused) {
      errors.reject("problem." + refused.slug() + ".text");
    }
    if (errors.hasErrors() || scan == null) {
      return room.page("file", opened, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var taken = scan;
    return room.act(opened, "filed", name, errors, () -> room.page("file", opened, HttpStatus.UNPROCESSABLE_CONTENT),
        () -> desk.addFile(opened.status().reference(), taken));
  }
}
