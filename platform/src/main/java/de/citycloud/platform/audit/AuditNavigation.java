package de.citycloud.platform.audit;

import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import java.util.List;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The link for those who may read the log. */
@Component
class AuditNavigation implements Navigation {
  private static final String MAY_READ = "MAY_READ_AUDIT";

  @Override
  public List<NavigationItem> itemsFor(Municipality municipality) {
    var somebody = SecurityContextHolder.getContext().getAuthentication();
    return somebody != null
        && somebody.getAuthorities().stream().anyMatch(authority -> MAY_READ.equals(authority.getAuthority()))
            ? List.of(new NavigationItem(NavigationItem.Place.STAFF, 60, "audit.title",
                "/" + municipality.slug() + "/audit"))
            : List.of();
  }
}
