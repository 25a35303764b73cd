package de.citycloud.platform.portal;

import static de.citycloud.platform.ui.NavigationItem.Place.AREA;
import static de.citycloud.platform.ui.NavigationItem.Place.HELP;
import static de.citycloud.platform.ui.NavigationItem.Place.LEGAL;
import static de.citycloud.platform.ui.NavigationItem.Place.OPEN;
import static de.citycloud.platform.ui.NavigationItem.Place.SEARCH;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Links to the portal's own pages in the frame. */
@Component
class PortalNavigation implements Navigation {
  private final Profiles profiles;
  private final Kept<List<String>> addresses = new Kept<>(Duration.ofSeconds(30));

  PortalNavigation(Profiles profiles) {
    this.profiles = profiles;
  }

  /** Read outside of the municipality too: an error page is drawn after its request has ended. */
  @Override
  public List<String> addressOf(Municipality municipality) {
    return addresses.get(municipality.id(), () -> CurrentMunicipality.call(municipality, profiles::find)
        .map(profile -> List.of(profile.street() + ", " + profile.postalCode() + " " + profile.town()))
        .orElse(List.of()));
  }

  @Override
  public List<NavigationItem> itemsFor(Municipality municipality) {
    var base = "/" + municipality.slug();
    return List.of(new NavigationItem(AREA, 60, "data.area", base + "/data"),
        new NavigationItem(SEARCH, 0, "search.title", base + "/search"),
        new NavigationItem(HELP, 10, "contact.title", base + "/contact"),
        new NavigationItem(HELP, 20, "contact.barrier", base + "/barrier"),
        new NavigationItem(HELP, 30, "plain.title", base + "/plain"),
        new NavigationItem(LEGAL, 10, "imprint.title", base + "/imprint"),
        new NavigationItem(LEGAL, 20, "privacy.title", base + "/privacy"),
        new NavigationItem(LEGAL, 30, "accessibility.title", base + "/accessibility"),
        new NavigationItem(OPEN, 10, "data.title", base + "/data"),
        new NavigationItem(OPEN, 20, "data.openapi", "/swagger-ui"),
        new NavigationItem(OPEN, 30, "licences.title", base + "/licences"));
  }
}
