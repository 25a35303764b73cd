package de.citycloud.platform.message;

import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import java.util.List;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The link for those who look after messages. */
@Component
class MessageNavigation implements Navigation {
  private static final String MAY_MANAGE = "MAY_MANAGE_MESSAGES";

  @Override
  public List<NavigationItem> itemsFor(Municipality municipality) {
    var somebody = SecurityContextHolder.getContext().getAuthentication();
    return somebody != null
        && somebody.getAuthorities().stream().anyMatch(authority -> MAY_MANAGE.equals(authority.getAuthority()))
            ? List.of(new NavigationItem(NavigationItem.Place.STAFF, 55, "message.title",
                "/" + municipality.slug() + "/messages"))
            : List.of();
  }
}
