package de.citycloud.platform.privacy.rights;

import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import de.citycloud.platform.ui.NavigationItem.Place;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Links to the pages of data protection, for those who may open them. */
@Component
class PrivacyNavigation implements Navigation {
  @Override
  public List<NavigationItem> itemsFor(Municipality municipality) {
    var root = "/" + municipality.slug();
    var items = new ArrayList<NavigationItem>();
    items.add(new NavigationItem(Place.LEGAL, 25, "privacy.notices.title", root + "/privacy/notices"));
    if (may("MAY_READ_REGISTER")) {
      items.add(new NavigationItem(Place.STAFF, 60, "privacy.register.link", root + "/data-protection/register"));
    }
    if (may("MAY_RUN_RETENTION")) {
      items.add(new NavigationItem(Place.STAFF, 61, "privacy.retention.title", root + "/data-protection/retention"));
    }
    if (may("MAY_HANDLE_RIGHTS")) {
      items.add(new NavigationItem(Place.STAFF, 62, "privacy.requests.title", root + "/data-protection/requests"));
    }
    if (may("MAY_RELEASE_OPEN_DATA")) {
      items.add(new NavigationItem(Place.STAFF, 63, "privacy.releases.title", root + "/releases"));
    }
    if (Person.findSignedIn().isPresent()) {
      items.add(new NavigationItem(Place.STAFF, 91, "privacy.mine.title", root + "/account/data"));
    }
    return items;
  }

  private static boolean may(String authority) {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null
        && authentication.getAuthorities().stream().anyMatch(given -> authority.equals(given.getAuthority()));
  }
}
