package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.util.List;
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

/** For staff: whom we trust, by which key. */
@Controller
@RequestMapping("/{municipality}/procedures/origins")
class OriginPages {
  private final Municipalities municipalities;
  private final Origins origins;
  private final Publisher publisher;
  private final PublishingKeys keys;

  OriginPages(Municipalities municipalities, Origins origins, Publisher publisher, PublishingKeys keys) {
    this.municipalities = municipalities;
    this.origins = origins;
    this.publisher = publisher;
    this.keys = keys;
  }

  /** What the form sends. */
  record NewOrigin(@Nullable String address, @Nullable String key) {}

  /** Another municipality of this installation that publishes. */
  record Neighbour(String slug, String name, String key) {}

  @GetMapping
  ModelAndView list(@PathVariable("municipality") String slug) {
    return page(slug).addObject("newOrigin", new NewOrigin("", ""));
  }

  private ModelAndView page(String slug) {
    var all = origins.listAll();
    return new ModelAndView("procedure/origins", Map.of("town", municipalities.getBySlug(slug), "origins", all,
        "neighbours", neighbours(all)));
  }

  private List<Neighbour> neighbours(List<Origin> known) {
    var here = CurrentMunicipality.get();
    return municipalities.listAll().stream().filter(each -> each.id() != here.id())
        .filter(each -> known.stream().noneMatch(origin -> origin.address().equals(each.slug()) && origin.isTrusted()))
        .flatMap(each -> neighbour(each).stream()).toList();
  }

  private java.util.Optional<Neighbour> neighbour(Municipality there) {
    return CurrentMunicipality.call(there, () -> publisher.find().flatMap(index -> keys.findActive())
        .map(key -> new Neighbour(there.slug(), there.name(), key.words())));
  }

  @PostMapping
  ModelAndView trust(@PathVariable("municipality") String slug, @ModelAttribute("newOrigin") NewOrigin form,
      BindingResult errors) {
    var address = Objects.requireNonNullElse(form.address, "").strip();
    var key = Objects.requireNonNullElse(form.key, "");
    if (address.isEmpty()) {
      errors.rejectValue("address", "exchange.address.form");
    }
    if (Ed25519.parseId(key).isEmpty()) {
      errors.rejectValue("key", "exchange.key.form");
    }
    if (errors.hasErrors()) {
      var again = page(slug);
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    return Attempt.of(() -> origins.trust(address, key), path(slug), () -> page(slug));
  }

  @PostMapping("/{id}/check")
  ModelAndView check(@PathVariable("municipality") String slug, @PathVariable("id") long id) {
    origins.check(id);
    return new ModelAndView("redirect:" + path(slug));
  }

  @PostMapping("/{id}/revoke")
  ModelAndView revoke(@PathVariable("municipality") String slug, @PathVariable("id") long id) {
    origins.revoke(origins.get(id).id());
    return new ModelAndView("redirect:" + path(slug));
  }

  private String path(String slug) {
    return "/" + municipalities.getBySlug(slug).slug() + "/procedures/origins";
  }
}
