package de.citycloud.platform.operation;

import de.citycloud.platform.identity.SetUpLinks;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Shows the one-time link for the first administrator, as long as there is none. */
@Component
@Order(100)
class SetUpNotice implements StartNotice {
  private final Municipalities municipalities;
  private final SetUpLinks links;
  private final String preferred;

  SetUpNotice(Municipalities municipalities, SetUpLinks links,
      @Value("${city.default-municipality:ludwigsburg}") String preferred) {
    this.municipalities = municipalities;
    this.links = links;
    this.preferred = preferred;
  }

  @Override
  public Optional<String> text(String address) {
    var municipality = municipalities.findBySlug(preferred)
        .or(() -> municipalities.listAll().stream().findFirst());
    if (municipality.isEmpty()) {
      return Optional.of("no municipality yet: add one with ./city municipality add SLUG NAME LON LAT");
    }
    return CurrentMunicipality.call(municipality.get(), () -> links.isNeeded()
        ? Optional.of("first account %s%s%n              (once, within 24 hours; another: ./city set-up-link %s)"
            .formatted(address, links.create(), municipality.get().slug()))
        : Optional.empty());
  }
}
