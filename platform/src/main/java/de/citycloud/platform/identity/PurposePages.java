package de.citycloud.platform.identity;

import de.citycloud.platform.identity.SignedIn.StatedPurpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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

/** Before data about persons is read somebody says what for; it counts for half an hour, and the person sees it. */
@Controller
@RequestMapping("/{municipality}/purpose")
class PurposePages {
  private static final String FORM = "identity/purpose";
  private static final Duration VALID = Duration.ofMinutes(30);

  private final Sessions sessions;
  private final MessageSource messages;

  PurposePages(Sessions sessions, MessageSource messages) {
    this.sessions = sessions;
    this.messages = messages;
  }

  /** What the form sends. */
  record Statement(@Nullable String purpose, @Nullable String reference, @Nullable String next) {}

  @GetMapping
  ModelAndView form(@Nullable String purpose, @Nullable String next) {
    return page(HttpStatus.OK).addObject("statement", new Statement(purpose, "", next));
  }

  @PostMapping
  ModelAndView state(@PathVariable String municipality, @ModelAttribute("statement") Statement form,
      BindingResult errors) {
    var purpose = Arrays.stream(Purpose.values()).filter(known -> known.name().equals(form.purpose)).findFirst();
    var reference = Objects.requireNonNullElse(form.reference, "").strip();
    if (purpose.isEmpty()) {
      errors.rejectValue("purpose", "purpose.missing");
    }
    if (reference.length() < 3 || reference.length() > 200) {
      errors.rejectValue("reference", "purpose.reference.form");
    }
    if (errors.hasErrors()) {
      return page(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    sessions.state(new StatedPurpose(purpose.orElseThrow(), reference, Instant.now().plus(VALID)));
    return new ModelAndView("redirect:" + WayBack.of(municipality, form.next, "/account"));
  }

  private ModelAndView page(HttpStatus status) {
    var purposes = new LinkedHashMap<String, String>();
    for (var purpose : Purpose.values()) {
      purposes.put(purpose.name(),
          messages.getMessage("purpose." + purpose.name(), null, LocaleContextHolder.getLocale()));
    }
    return new ModelAndView(FORM, Map.of("purposes", purposes), status);
  }
}
