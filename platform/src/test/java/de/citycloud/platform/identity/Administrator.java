package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.util.Map;

/** Signs in a new administrator, for tests of pages that need one. */
public final class Administrator {
  private static final String PASSWORD = "drei Igel tanzen im Mai";
  private static int counter;

  private Administrator() {}

  /** A visitor who is signed in as a new administrator of {@code town}. */
  public static PageVisitor signIn(int port, SetUpLinks links, Municipality town) throws Exception {
    var link = CurrentMunicipality.call(town, links::create);
    var visitor = new PageVisitor(port);
    visitor.get(link);
    var done = visitor.post("/" + town.slug() + "/set-up", Map.of("token", link.replaceFirst(".*token=", ""), "name",
        "admin-" + ++counter, "password", PASSWORD, "again", PASSWORD));
    assertThat(done.statusCode()).as("set-up of %s", town.slug()).isEqualTo(302);
    return visitor;
  }

  /** Value of the visitor's session cookie, for a browser. */
  public static String session(PageVisitor visitor) {
    return visitor.cookie("city");
  }
}
