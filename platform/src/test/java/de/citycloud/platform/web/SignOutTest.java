package de.citycloud.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.SetUpLinks;
import de.citycloud.platform.municipality.Municipalities;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SignOutTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private SetUpLinks links;

  @Test
  void theBrowserIsToldToForget() throws Exception {
    var town = municipalities.ensure("sign-out-town", "Abschied", 9, 48, false);
    try (var admin = Administrator.signIn(port, links, town)) {
      assertThat(admin.get("/sign-out-town/keys").headers().firstValue("Cache-Control").orElse(""))
          .as("a page of staff is kept by no cache").contains("no-store");
      admin.get("/sign-out-town/account");
      var out = admin.post("/sign-out-town/sign-out", Map.of());
      assertThat(out.headers().firstValue("Clear-Site-Data").orElse("")).contains("\"cache\"", "\"storage\"");
    }
  }
}
