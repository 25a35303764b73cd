package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** People of a test's own municipality, one for each role that is needed. */
public final class TestStaff {
  /** The password of all of them. */
  public static final String PASSWORD = Town.PASSWORD;

  private TestStaff() {}

  /** Makes an account with this role, unless the name is taken; returns its number. */
  public static int make(ApplicationContext program, Municipality town, String name, Role role) {
    return CurrentMunicipality.call(town,
        () -> program.getBean(Accounts.class).create(name, PASSWORD, role).orElse(0));
  }

  /** A visitor who has signed in with the account of this name. */
  public static PageVisitor signedIn(ApplicationContext program, int port, Municipality town, String name)
      throws Exception {
    return new Town(town, program.getBean(Accounts.class), port).signedIn(name);
  }

  /** A visitor of a program elsewhere, who has signed in and said that they work on cases. */
  public static PageVisitor signedIn(int port, Municipality town, String name) throws Exception {
    var visitor = new PageVisitor(port);
    var path = "/" + town.slug();
    visitor.get(path + "/sign-in");
    assertThat(visitor.post(path + "/sign-in", Map.of("name", name, "password", PASSWORD)).statusCode()).isEqualTo(302);
    visitor.get(path + "/purpose");
    assertThat(visitor.post(path + "/purpose",
        Map.of("purpose", "CASE_WORK", "reference", "Vorgänge des Tages", "next", "")).statusCode()).isEqualTo(302);
    return visitor;
  }

  /** A visitor who has signed in with a new account of this role, called like the role. */
  public static PageVisitor signIn(ApplicationContext program, int port, Municipality town, Role role)
      throws Exception {
    var name = role.name().toLowerCase(java.util.Locale.ROOT);
    make(program, town, name, role);
    return new Town(town, program.getBean(Accounts.class), port).signedIn(name);
  }
}
