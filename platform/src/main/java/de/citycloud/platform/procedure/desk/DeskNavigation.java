package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.identity.Permission;
import de.citycloud.platform.identity.Staff;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.CaseDesk.View;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import de.citycloud.platform.ui.NavigationItem.Place;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The way to the inbox for those who work on cases, with the number of their own. */
@Component
class DeskNavigation implements Navigation {
  private final ObjectProvider<CaseDesk> desk;
  private final Staff staff;

  /** @param desk asked late: the frame is there before the cases are */
  DeskNavigation(ObjectProvider<CaseDesk> desk, Staff staff) {
    this.desk = desk;
    this.staff = staff;
  }

  @Override
  public List<NavigationItem> itemsFor(Municipality municipality) {
    var root = "/" + municipality.slug() + "/desk";
    return staff.signedIn().filter(somebody -> somebody.municipalityId() == municipality.id())
        .map(somebody -> somebody.may(Permission.WORK_CASES)
            ? List.of(new NavigationItem(Place.STAFF, 10, "desk.title", root, own()))
            : somebody.may(Permission.MANAGE_ACCOUNTS)
                ? List.of(new NavigationItem(Place.STAFF, 61, "desk.offices.title", root + "/offices"))
                : List.<NavigationItem>of())
        .orElse(List.of());
  }

  private long own() {
    return desk.getObject().count(View.OWN);
  }
}
