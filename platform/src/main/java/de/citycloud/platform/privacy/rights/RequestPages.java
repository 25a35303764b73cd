package de.citycloud.platform.privacy.rights;

import de.citycloud.platform.privacy.Readings;
import de.citycloud.platform.problem.CityProblem;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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

/** Requests of persons for the data protection officer; opening one is a reading that the person sees. */
@Controller
@RequestMapping("/{municipality}/data-protection/requests")
class RequestPages {
  private final PersonRequests requests;
  private final Readings readings;
  private final MyData data;

  RequestPages(PersonRequests requests, Readings readings, MyData data) {
    this.requests = requests;
    this.readings = readings;
    this.data = data;
  }

  /** What the form sends. */
  record Answer(@Nullable String words) {}

  @GetMapping
  ModelAndView list() {
    return new ModelAndView("privacy/requests", Map.of("requests", requests.listAll(), "now", Instant.now()));
  }

  @GetMapping("/{id}")
  ModelAndView open(@PathVariable int id, Locale locale) {
    var request = get(id);
    return page(request, locale, HttpStatus.OK).addObject("answer", new Answer(requests.answerOf(request)));
  }

  @PostMapping("/{id}")
  ModelAndView answer(@PathVariable String municipality, @PathVariable int id,
      @ModelAttribute("answer") Answer form, BindingResult errors, Locale locale) {
    var request = get(id);
    var words = Objects.requireNonNullElse(form.words, "").strip();
    if (words.isEmpty() || words.length() > 4_000) {
      errors.rejectValue("words", words.isEmpty() ? "privacy.answer.missing" : "privacy.request.words.long");
      return page(request, locale, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    requests.answer(request, words);
    return new ModelAndView("redirect:/" + municipality + "/data-protection/requests");
  }

  private ModelAndView page(PersonRequests.Request request, Locale locale, HttpStatus status) {
    var reason = new Readings.Reason("person-rights", "RIGHTS_REQUEST", request.reference());
    return readings.open(request.person(), reason, "privacy.read.request", () -> {
      var model = new HashMap<String, Object>();
      model.put("request", request);
      model.put("words", requests.wordsOf(request));
      model.put("sections", data.of(request.person(), locale));
      return new ModelAndView("privacy/request-of-person", model, status);
    });
  }

  private PersonRequests.Request get(int id) {
    return requests.find(id).orElseThrow(
        () -> new CityProblem("request-not-found", HttpStatus.NOT_FOUND, """
                                                                         There is no request %d here.
                                                                         Maybe it was erased with its person."""
            .formatted(id)));
  }
}
