package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import de.citycloud.platform.ui.NavigationItem.Place;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Sign in for visitors; account and keys for those who are. */
@Component
class IdentityNavigation implements Navigation {
  @Override
  public List<NavigationItem> itemsFor(Municipality municipality) {
    var root = "/" + municipality.slug();
    var account = Sessions.current().filter(somebody -> somebody.municipalityId() == municipality.id());
    if (account.isEmpty()) {
      return List.of(new NavigationItem(Place.ACCOUNT, 1, "account.sign-in.link", root + "/sign-in"));
    }
    var items = new ArrayList<NavigationItem>();
    items.add(new NavigationItem(Place.ACCOUNT, 1, "account.title", root + "/account"));
    items.add(new NavigationItem(Place.STAFF, 90, "account.title", root + "/account"));
    if (account.get().may(Permission.MANAGE_ACCOUNTS)) {
      items.add(new NavigationItem(Place.STAFF, 60, "people.title", root + "/people"));
    }
    if (account.get().may(Permission.MANAGE_KEYS)) {
      items.add(new NavigationItem(Place.STAFF, 50, "key.title", root + "/keys"));
    }
    return items;
  }
}
