package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.PostalAddress;
import java.util.List;
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

/** What goes to the applicant besides decisions: a request for something missing, a message, a document as a letter. */
@Controller
@RequestMapping("/{municipality}/desk/{reference}")
class LetterPages {
  /** Longest time for an answer, as the case takes it, in days. */
  private static final int MOST_DAYS = 180;

  private final CaseRoom room;
  private final CaseDesk desk;
  private final TextBlocks blocks;
  private final DeskWords words;

  LetterPages(CaseRoom room, CaseDesk desk, TextBlocks blocks, DeskWords words) {
    this.room = room;
    this.desk = desk;
    this.blocks = blocks;
    this.words = words;
  }

  /** What the forms send; {@code insert} is the key of a text block that was picked. */
  record Letter(@Nullable String text, @Nullable String untilDay, @Nullable String untilMonth,
      @Nullable String untilYear, @Nullable String insert, @Nullable String version) {
    Letter with(String newText) {
      return new Letter(newText, untilDay, untilMonth, untilYear, null, version);
    }
  }

  /** Lines of a postal address, one below the other. */
  record Address(@Nullable String address) {}

  @GetMapping("/request")
  ModelAndView askForSomething(@PathVariable String reference) {
    var opened = room.open(reference);
    var until = words.today().plus(opened.status().procedure().pack().manifest().answerWithin());
    return letter("request", opened, HttpStatus.OK).addObject("form", new Letter("", "" + until.getDayOfMonth(),
        "" + until.getMonthValue(), "" + until.getYear(), null, "" + opened.version()));
  }

  @PostMapping("/request")
  ModelAndView request(@PathVariable String reference, @ModelAttribute("form") Letter form, BindingResult errors) {
    var opened = room.open(reference);
    if (form.insert != null) {
      return letter("request", opened, HttpStatus.OK).addObject("form", form.with(blocks.append(opened, form.text,
          form.insert)));
    }
    var text = Typed.required(form.text, "text", "desk.request", errors);
    var until = Typed.date(form.untilDay, form.untilMonth, form.untilYear);
    if (until.isEmpty() || !until.get().isAfter(words.today())
        || until.get().isAfter(words.today().plusDays(MOST_DAYS))) {
      errors.rejectValue("untilDay", "desk.request.until.form");
    }
    if (errors.hasErrors()) {
      return letter("request", opened, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return room.act(opened, "requested", text, errors,
        () -> letter("request", opened, HttpStatus.UNPROCESSABLE_CONTENT),
        () -> desk.requestInformation(opened.status().reference(), text, until.orElseThrow(),
            Typed.number(form.version, -1)));
  }

  @PostMapping("/resume")
  ModelAndView resume(@PathVariable String reference, @ModelAttribute("form") Letter form, BindingResult errors) {
    var opened = room.open(reference);
    return room.act(opened, "resumed", "", errors, () -> room.page("moved-on", opened, HttpStatus.CONFLICT),
        () -> desk.endWaiting(opened.status().reference(), Typed.number(form.version, -1)));
  }

  @GetMapping("/message")
  ModelAndView compose(@PathVariable String reference) {
    return letter("message", room.open(reference), HttpStatus.OK).addObject("form",
        new Letter("", null, null, null, null, null));
  }

  @PostMapping("/message")
  ModelAndView write(@PathVariable String reference, @ModelAttribute("form") Letter form, BindingResult errors) {
    var opened = room.open(reference);
    if (form.insert != null) {
      return letter("message", opened, HttpStatus.OK).addObject("form", form.with(blocks.append(opened, form.text,
          form.insert)));
    }
    var text = Typed.required(form.text, "text", "desk.message", errors);
    if (errors.hasErrors()) {
      return letter("message", opened, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return room.act(opened, "written", text, errors,
        () -> letter("message", opened, HttpStatus.UNPROCESSABLE_CONTENT),
        () -> desk.write(opened.status().reference(), text));
  }

  private ModelAndView letter(String view, Opened opened, HttpStatus status) {
    return room.page(view, opened, status).addObject("blocks", blocks.of(opened));
  }

  @GetMapping("/documents/{document}/letter")
  ModelAndView addressLetter(@PathVariable String reference, @PathVariable String document) {
    var opened = room.open(reference);
    return print(opened, document, HttpStatus.OK).addObject("form",
        new Address(String.join("\n", PostalAddress.of(opened.status().answers()))));
  }

  @PostMapping("/documents/{document}/letter")
  ModelAndView printLetter(@PathVariable String reference, @PathVariable String document,
      @ModelAttribute("form") Address form, BindingResult errors) {
    var opened = room.open(reference);
    var known = OpenCasePages.documentOf(opened, document);
    List<String> lines = Typed.text(form.address).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.size() < 2 || lines.size() > 6 || lines.stream().anyMatch(line -> line.length() > 100)) {
      errors.rejectValue("address", "desk.print.address.form");
      return print(opened, document, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return room.act(opened, "printed", String.join("\n", lines), errors,
        () -> print(opened, document, HttpStatus.UNPROCESSABLE_CONTENT),
        () -> desk.print(opened.status().reference(), known.id(), lines));
  }

  private ModelAndView print(Opened opened, String document, HttpStatus status) {
    return room.page("print", opened, status).addObject("document", OpenCasePages.documentOf(opened, document));
  }
}
