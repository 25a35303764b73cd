package de.citycloud.platform.ui;

import de.citycloud.platform.municipality.Municipality;
import java.util.List;

/**
 * What a module adds to the frame of every page. A bean of this type is asked for each page, so it may answer
 * differently for those who are signed in. Only links that lead somewhere for the person asking belong here.
 */
@FunctionalInterface
public interface Navigation {
  /** Links for pages of {@code municipality}, in any order. */
  List<NavigationItem> itemsFor(Municipality municipality);

  /** Lines of the postal address in the footer; empty if this module knows none. */
  default List<String> addressOf(Municipality municipality) {
    return List.of();
  }
}
