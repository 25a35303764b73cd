package de.citycloud.platform.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** API keys of the municipality, for administrators: make, list, revoke. A new key is shown once. */
@Controller
@RequestMapping("/{municipality}/keys")
class KeyPages {
  private static final String LIST = "identity/keys";
  /** From here on the page warns of the end: time enough to change a key in a gateway. */
  private static final Duration SOON = Duration.ofDays(30);
  /** Days a key may live; 0 for no end. */
  private static final int[] DAYS = {90, 365, 730, 0};

  private final ApiKeys keys;

  KeyPages(ApiKeys keys) {
    this.keys = keys;
  }

  /** What the form sends. */
  record NewKey(@Nullable String label, @Nullable String scope, @Nullable String days) {}

  @GetMapping
  ModelAndView list() {
    return page(HttpStatus.OK).addObject("newKey", new NewKey("", "write", "365"));
  }

  @PostMapping
  ModelAndView create(@ModelAttribute("newKey") NewKey form, BindingResult errors, HttpServletResponse response) {
    var label = Objects.requireNonNullElse(form.label, "").strip();
    var scope = Arrays.stream(Scope.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(form.scope)).findFirst();
    Optional<Integer> days = Arrays.stream(DAYS).boxed().filter(known -> known.toString().equals(form.days))
        .findFirst();
    if (label.isEmpty() || label.length() > 100) {
      errors.rejectValue("label", "key.label.form");
    }
    if (scope.isEmpty()) {
      errors.rejectValue("scope", "key.scope.form");
    }
    if (days.isEmpty()) {
      errors.rejectValue("days", "key.days.form");
    }
    if (errors.hasErrors()) {
      return page(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var end = days.get() == 0 ? null : Instant.now().plus(Duration.ofDays(days.get()));
    var key = keys.create(label, scope.orElseThrow(), end);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return new ModelAndView("identity/key-created", Map.of("key", key, "label", label)).addObject("ends", end);
  }

  @PostMapping("/{id}/revoke")
  String revoke(@PathVariable String municipality, @PathVariable int id) {
    keys.revoke(id);
    return "redirect:/" + municipality + "/keys";
  }

  private ModelAndView page(HttpStatus status) {
    var scopes = new LinkedHashMap<String, String>();
    for (var scope : Scope.values()) {
      var name = scope.name().toLowerCase(Locale.ROOT);
      scopes.put(name, "key.scope." + name);
    }
    var days = new LinkedHashMap<String, String>();
    for (int count : DAYS) {
      days.put(Integer.toString(count), "key.days." + count);
    }
    var all = keys.listAll();
    var soon = Instant.now().plus(SOON);
    var ending = all.stream().filter(key -> key.expiresAt() != null && key.expiresAt().isBefore(soon)).toList();
    return new ModelAndView(LIST,
        Map.of("keys", all, "ending", ending, "soon", soon, "scopes", scopes, "days", days, "now", Instant.now()),
        status);
  }
}
