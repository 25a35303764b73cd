package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** People of a test's own municipality, one for each role that is needed. */
public final class TestStaff {
  /** The password of all of them. */
  public static final String PASSWORD = "drei Igel tanzen im Mai";

  private TestStaff() {}

  /** Makes an account with this role, unless the name is taken; returns its number. */
  public static int make(ApplicationContext program, Municipality town, String name, Role role) {
    return CurrentMunicipality.call(town,
        () -> program.getBean(Accounts.class).create(name, PASSWORD, role).orElse(0));
  }

  /** A visitor who has signed in with a new account of this role, called like the role. */
  public static PageVisitor signIn(ApplicationContext program, int port, Municipality town, Role role)
      throws Exception {
    var name = role.name().toLowerCase(java.util.Locale.ROOT);
    make(program, town, name, role);
    var visitor = new PageVisitor(port);
    visitor.get("/" + town.slug() + "/sign-in");
    var answer = visitor.post("/" + town.slug() + "/sign-in", Map.of("name", name, "password", PASSWORD));
    if (answer.statusCode() != 302) {
      throw new IllegalStateException("%s could not sign in: %d".formatted(name, answer.statusCode()));
    }
    return visitor;
  }
}
