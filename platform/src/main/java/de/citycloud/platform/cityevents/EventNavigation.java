package de.citycloud.platform.cityevents;

import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import de.citycloud.platform.ui.NavigationItem.Place;
import java.util.List;
import org.springframework.stereotype.Component;

/** The link to what is on. */
@Component
class EventNavigation implements Navigation {
  @Override
  public List<NavigationItem> itemsFor(Municipality municipality) {
    return List.of(new NavigationItem(Place.AREA, 50, "events.title", "/" + municipality.slug() + "/events"));
  }
}
