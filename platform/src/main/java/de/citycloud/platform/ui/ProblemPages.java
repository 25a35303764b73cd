package de.citycloud.platform.ui;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Where the {@code type} of a problem leads: what it means and what to do, for people who look it up. */
@Controller
class ProblemPages {
  private final MessageSource messages;

  ProblemPages(MessageSource messages) {
    this.messages = messages;
  }

  @GetMapping("/errors/{slug}")
  String problem(@PathVariable String slug, Locale locale, Model model) {
    var words = messages.getMessage("problem." + slug, null, "", locale);
    var advice = messages.getMessage("problem." + slug + ".text", null, "", locale);
    if (words == null || advice == null || words.isEmpty() || advice.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, """
                                                              No problem of this type is known.
                                                              Maybe the address has a typing error.\
                                                              """);
    }
    model.addAttribute("slug", slug);
    model.addAttribute("words", words);
    model.addAttribute("advice", advice);
    return "ui/problem";
  }
}
