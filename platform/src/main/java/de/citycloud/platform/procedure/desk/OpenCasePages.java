package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.identity.Permission;
import de.citycloud.platform.identity.Staff;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.CaseStatus;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Objection;
import de.citycloud.platform.procedure.casefile.ObjectionDesk;
import de.citycloud.platform.procedure.rules.AnswerList;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** One case: what to do next, what was applied for, what was said and decided; taking it and noting something. */
@Controller
@RequestMapping("/{municipality}/desk/{reference}")
class OpenCasePages {
  private static final int MOST_READINGS = 20;

  private final CaseRoom room;
  private final CaseDesk desk;
  private final Staff staff;
  private final AnswerList sheet;
  private final ObjectionDesk objections;

  OpenCasePages(CaseRoom room, CaseDesk desk, Staff staff, AnswerList sheet, ObjectionDesk objections) {
    this.objections = objections;
    this.room = room;
    this.desk = desk;
    this.staff = staff;
    this.sheet = sheet;
  }

  /** What the small forms of the page send. @param account a number, {@code me}, or nothing to put the case back */
  record Sent(@Nullable String text, @Nullable String account) {}

  @GetMapping
  ModelAndView open(@PathVariable String reference, @Nullable String done, Locale language) {
    var opened = room.open(reference);
    return page(opened, HttpStatus.OK, language).addObject("form", new Sent("", null)).addObject("done",
        CaseRoom.known(done));
  }

  private ModelAndView page(Opened opened, HttpStatus status, Locale language) {
    var page = room.page("case", opened, status);
    page.addObject("sheet", sheet.answeredOf(opened.status().procedure(), opened.status().answers(), language));
    page.addObject("may", What.of(opened));
    var reference = opened.status().reference();
    var objected = objections.listOf(reference);
    page.addObject("objections", objected);
    page.addObject("rulers", staff.namesOf(objected.stream().map(Objection::account).filter(Objects::nonNull)
        .map(Objects::requireNonNull).toList()));
    page.addObject("mayReceiveObjection", objections.mayReceive(reference));
    page.addObject("readings", readings(opened));
    boolean leads = staff.signedIn().filter(somebody -> somebody.may(Permission.LEAD_OFFICE)).isPresent();
    if (leads) {
      page.addObject("colleagues", staff.listWith(Permission.WORK_CASES));
    }
    return page;
  }

  /** One reading by name. @param name null for an account that is gone */
  record Read(Instant at, @Nullable String name) {}

  private List<Read> readings(Opened opened) {
    var all = desk.readings(opened.status().reference()).stream().limit(MOST_READINGS).toList();
    var numbers = new HashMap<String, Integer>();
    all.forEach(one -> new Person(one.reader()).accountNumber().ifPresent(number -> numbers.put(one.reader(), number)));
    var names = staff.namesOf(List.copyOf(numbers.values()));
    return all.stream().map(one -> new Read(one.at(), names.get(numbers.getOrDefault(one.reader(), 0)))).toList();
  }

  @GetMapping("/documents/{document}")
  ResponseEntity<byte[]> document(@PathVariable String reference, @PathVariable String document) {
    var opened = room.open(reference);
    var known = documentOf(opened, document);
    var content = desk.content(opened.status().reference(), known.id()).orElseThrow(() -> noDocument(document));
    return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, known.mediaType())
        .header(HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(known.name(), StandardCharsets.UTF_8).build().toString())
        .header(HttpHeaders.CACHE_CONTROL, "no-store").body(content);
  }

  /** The document of the case with this number. */
  static CaseStatus.Document documentOf(Opened opened, String number) {
    long id = Typed.number(number, -1);
    return opened.status().documents().stream().filter(one -> one.id() == id).findFirst()
        .orElseThrow(() -> noDocument(number));
  }

  private static CityProblem noDocument(String number) {
    return new CityProblem("document-not-found", HttpStatus.NOT_FOUND,
        "There is no document %s in this case.\nMaybe open it from the page of the case."
            .formatted(number.length() > 20 ? "with this number" : number));
  }

  @PostMapping("/assignment")
  ModelAndView assign(@PathVariable String reference, @ModelAttribute("form") Sent form, BindingResult errors,
      Locale language) {
    var opened = room.open(reference);
    var typed = Typed.text(form.account);
    var account = typed.equals("me")
        ? Integer.valueOf(staff.signedIn().orElseThrow().accountId())
        : typed.isEmpty() ? null : Integer.valueOf((int) Math.clamp(Typed.number(typed, 0), 0, Integer.MAX_VALUE));
    return room.act(opened, account == null ? "put-back" : "assigned", "", errors,
        () -> page(opened, HttpStatus.UNPROCESSABLE_CONTENT, language),
        () -> desk.assign(opened.status().reference(), account));
  }

  @PostMapping("/notes")
  ModelAndView note(@PathVariable String reference, @ModelAttribute("form") Sent form, BindingResult errors,
      Locale language) {
    var opened = room.open(reference);
    var text = Typed.required(form.text, "text", "desk.note", errors);
    if (errors.hasErrors()) {
      return page(opened, HttpStatus.UNPROCESSABLE_CONTENT, language);
    }
    return room.act(opened, "noted", text, errors, () -> page(opened, HttpStatus.UNPROCESSABLE_CONTENT, language),
        () -> desk.note(opened.status().reference(), text));
  }
}
