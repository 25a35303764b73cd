package de.citycloud.platform.privacy.rights;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Erasures;
import de.citycloud.platform.privacy.LegalHolds;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.Readings;
import de.citycloud.platform.ui.PageFormats;
import de.citycloud.platform.ui.PagePdf;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** "My data": see it, take a copy, ask for a correction, have it erased, see who read it. */
@Controller
@RequestMapping("/{municipality}/account")
class MyDataPages {
  private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int LONGEST = 4_000;

  private final MyData data;
  private final PersonRequests requests;
  private final Readings readings;
  private final Erasures erasures;
  private final LegalHolds holds;
  private final PagePdf pdf;
  private final PageFormats formats;
  private final MessageSource messages;

  MyDataPages(MyData data, PersonRequests requests, Readings readings, Erasures erasures, LegalHolds holds, PagePdf pdf,
      PageFormats formats, MessageSource messages) {
    this.data = data;
    this.requests = requests;
    this.readings = readings;
    this.erasures = erasures;
    this.holds = holds;
    this.pdf = pdf;
    this.formats = formats;
    this.messages = messages;
  }

  /** What the form sends. */
  record NewRequest(@Nullable String kind, @Nullable String words) {}

  /** What the form sends; {@code sure} is true if it is ticked. */
  record Erase(@Nullable Boolean sure) {}

  @GetMapping("/data")
  ModelAndView page(Locale locale) {
    var me = me();
    return new ModelAndView("privacy/my-data", Map.of("sections", data.of(me, locale), "requests",
        requests.requestsOf(me), "readings", readings.listOf(me)));
  }

  @GetMapping("/data.json")
  ResponseEntity<byte[]> json(Locale locale) {
    var me = me();
    var copy = new LinkedHashMap<String, Object>();
    copy.put("municipality", CurrentMunicipality.get().name());
    copy.put("person", me.id());
    copy.put("createdAt", formats.now());
    copy.put("data", data.of(me, locale));
    copy.put("readings", readings.listOf(me));
    return file("my-data.json", "application/json", JSON.writeValueAsBytes(copy));
  }

  @GetMapping("/data.pdf")
  ResponseEntity<byte[]> pdf(Locale locale) {
    var me = me();
    return file("my-data.pdf", "application/pdf",
        pdf.render("privacy/my-data-pdf", locale,
            Map.of("sections", data.of(me, locale), "town", CurrentMunicipality.get().name(), "date",
                formats.date(formats.now()), "readings",
                readings.listOf(me).stream().map(reading -> Map.of("at", formats.dateTime(reading.at()), "activity",
                    text("activity." + reading.activity() + ".name", locale), "reference", reading.reference(),
                    "reader",
                    reading.reader())).toList())));
  }

  @GetMapping("/data/request")
  ModelAndView ask() {
    return form(HttpStatus.OK).addObject("newRequest", new NewRequest("correction", ""));
  }

  @PostMapping("/data/request")
  ModelAndView file(@PathVariable String municipality, @ModelAttribute("newRequest") NewRequest form,
      BindingResult errors) {
    var kind = Arrays.stream(RequestKind.values()).filter(known -> known.inStore().equals(form.kind)).findFirst();
    var words = Objects.requireNonNullElse(form.words, "").strip();
    if (kind.isEmpty()) {
      errors.rejectValue("kind", "privacy.request.kind.missing");
    }
    if (words.isEmpty() || words.length() > LONGEST) {
      errors.rejectValue("words", words.isEmpty() ? "privacy.request.words.missing" : "privacy.request.words.long");
    }
    if (errors.hasErrors()) {
      return form(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    requests.file(me(), kind.orElseThrow(), words);
    return new ModelAndView("redirect:/" + municipality + "/account/data#requests");
  }

  @GetMapping("/data/erasure")
  ModelAndView askToErase() {
    return new ModelAndView("privacy/erase", Map.of("erase", new Erase(false), "held", holds.isHeld(me())));
  }

  @PostMapping("/data/erasure")
  ModelAndView erase(@ModelAttribute("erase") Erase form, BindingResult errors, HttpServletRequest request,
      HttpServletResponse response) {
    var me = me();
    boolean held = holds.isHeld(me);
    if (!Boolean.TRUE.equals(form.sure)) {
      errors.rejectValue("sure", "privacy.erase.sure.missing");
    }
    if (held) {
      errors.reject("privacy.erase.held");
    }
    if (errors.hasErrors()) {
      return new ModelAndView("privacy/erase", Map.of("held", held), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var receipt = erasures.erase(me);
    var session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    SecurityContextHolder.clearContext();
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return new ModelAndView("privacy/erased", Map.of("receipt", receipt));
  }

  private static ModelAndView form(HttpStatus status) {
    var kinds = new LinkedHashMap<String, String>();
    for (var kind : RequestKind.values()) {
      kinds.put(kind.inStore(), "privacy.request.kind." + kind.inStore());
    }
    return new ModelAndView("privacy/request", Map.of("kinds", kinds), status);
  }

  private static Person me() {
    return Person.findSignedIn().orElseThrow();
  }

  private String text(String key, Locale locale) {
    return Objects.requireNonNullElse(messages.getMessage(key, null, key, locale), key);
  }

  private static ResponseEntity<byte[]> file(String name, String type, byte[] content) {
    return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store").body(content);
  }
}
