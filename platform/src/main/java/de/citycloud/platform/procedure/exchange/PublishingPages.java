package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.municipality.Municipalities;
import java.io.IOException;
import java.util.HashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** For staff: what we publish, with which key, and what adopters say. */
@Controller
@RequestMapping("/{municipality}/procedures/publishing")
class PublishingPages {
  private static final int MOST_BYTES = 6_000_000;

  private final Municipalities municipalities;
  private final Publisher publisher;
  private final PublishingKeys keys;
  private final Adopters adopters;

  PublishingPages(Municipalities municipalities, Publisher publisher, PublishingKeys keys, Adopters adopters) {
    this.municipalities = municipalities;
    this.publisher = publisher;
    this.keys = keys;
    this.adopters = adopters;
  }

  @GetMapping
  ModelAndView page(@PathVariable("municipality") String slug) {
    var model = new HashMap<String, Object>();
    model.put("town", municipalities.getBySlug(slug));
    model.put("offers", publisher.listOffers());
    model.put("feedback", adopters.list());
    keys.findActive().ifPresent(key -> model.put("key", key.words()));
    publisher.find().ifPresent(index -> model.put("index", index));
    return new ModelAndView("procedure/publishing", model);
  }

  /** An archive as {@code ./city procedures pack} makes it. */
  @PostMapping
  ModelAndView publish(@PathVariable("municipality") String slug,
      @RequestParam(name = "archive", required = false) @Nullable MultipartFile archive) throws IOException {
    if (archive == null || archive.isEmpty() || archive.getSize() > MOST_BYTES) {
      var again = page(slug).addObject("wrong", "exchange.archive.form");
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    var content = archive.getBytes();
    return Attempt.of(() -> publisher.publish(content), path(slug), () -> page(slug));
  }

  @PostMapping("/{digest}/withdraw")
  ModelAndView withdraw(@PathVariable("municipality") String slug, @PathVariable("digest") String digest,
      @Nullable String reason) {
    var words = Objects.requireNonNullElse(reason, "").replace("\u0000", "").strip();
    if (words.isEmpty() || words.length() > 500) {
      var again = page(slug).addObject("wrongDigest", digest);
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    publisher.withdraw(digest, words);
    return new ModelAndView("redirect:" + path(slug));
  }

  @PostMapping("/key")
  ModelAndView changeKey(@PathVariable("municipality") String slug, @Nullable String lost) {
    publisher.changeKey("true".equals(lost));
    return new ModelAndView("redirect:" + path(slug));
  }

  /** A person has compared the key of an adopter. */
  @PostMapping("/adopters")
  ModelAndView confirm(@PathVariable("municipality") String slug, @Nullable String sender) {
    adopters.confirm(Ed25519.parseId(Objects.requireNonNullElse(sender, "")));
    return new ModelAndView("redirect:" + path(slug));
  }

  private String path(String slug) {
    return "/" + municipalities.getBySlug(slug).slug() + "/procedures/publishing";
  }
}
