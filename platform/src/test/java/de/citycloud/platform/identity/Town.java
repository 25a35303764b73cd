package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A municipality with people in it, for tests of sign-in. */
record Town(Municipality municipality, Accounts accounts, int port) {
  static final String PASSWORD = "drei Igel tanzen im Mai";

  String path(String rest) {
    return "/" + municipality.slug() + rest;
  }

  /** Makes an account and returns its number. */
  int person(String name, Role... roles) {
    return CurrentMunicipality.call(municipality, () -> {
      int id = accounts.create(name, PASSWORD, Role.CITIZEN).orElseThrow();
      accounts.setRoles(id, Set.of(roles));
      return id;
    });
  }

  /** A browser in which somebody has signed in with their password. */
  PageVisitor signedIn(String name) throws Exception {
    var visitor = new PageVisitor(port);
    visitor.get(path("/sign-in"));
    var answer = visitor.post(path("/sign-in"), Map.of("name", name, "password", PASSWORD));
    assertThat(answer.statusCode()).as("%s signs in: %s", name, answer.body()).isEqualTo(302);
    return visitor;
  }

  static String find(String pattern, HttpResponse<String> answer) {
    var found = Pattern.compile(pattern).matcher(answer.body());
    assertThat(found.find()).as("%s in %s", pattern, answer.body()).isTrue();
    return found.group(found.groupCount());
  }

  static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }
}
