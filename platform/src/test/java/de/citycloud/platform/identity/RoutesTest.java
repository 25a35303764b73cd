package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class RoutesTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApiKeys keys;
  @Autowired
  private ApplicationContext program;
  @LocalManagementPort
  private int managementPort;

  @Test
  void everyLiveRouteSaysForWhomItIs() {
    assertThat(RouteCheck.missingOf(program, Routes.ALL)).as("add these to Routes, or the program does not start")
        .isEmpty();
    assertThat(LiveRoute.of(program).stream().filter(route -> route.pattern().contains("{")).count())
        .as("routes that were read").isGreaterThan(20);
  }

  @Test
  void aNewRouteWithoutAnAudienceStopsTheStart() {
    try (var context = new AnnotationConfigWebApplicationContext()) {
      context.setServletContext(new MockServletContext());
      context.register(RouteCheck.class, Unfinished.class, NewPage.class);
      assertThatThrownBy(context::refresh).hasMessageContaining("POST /{municipality}/new-page")
          .hasMessageContaining("DELETE /{municipality}/hidden/{id}").hasMessageContaining("2 route(s)");
    }
  }

  /** A program in the making. */
  static class Unfinished {
    @Bean
    RequestMappingHandlerMapping methods() {
      return new RequestMappingHandlerMapping();
    }

    @Bean
    RouterFunctionMapping functions() {
      return new RouterFunctionMapping();
    }

    @Bean
    RouterFunction<ServerResponse> hidden() {
      return RouterFunctions.route().path("/{municipality}/hidden",
          below -> below.DELETE("/{id}", request -> ServerResponse.ok().build())).build();
    }
  }

  /** A page whose author forgot the list. */
  @Controller
  static class NewPage {
    @PostMapping("/{municipality}/new-page")
    void answer() {}
  }

  @Test
  void theMostSpecificPatternDecides() {
    assertThat(Routes.audienceOf(new MockHttpServletRequest("GET", "/town/keys")))
        .contains(Audience.needs(Permission.MANAGE_KEYS));
    assertThat(Routes.audienceOf(new MockHttpServletRequest("HEAD", "/town/keys")))
        .contains(Audience.needs(Permission.MANAGE_KEYS));
    assertThat(Routes.audienceOf(new MockHttpServletRequest("GET", "/town/imprint"))).contains(Audience.PUBLIC);
    assertThat(Routes.audienceOf(new MockHttpServletRequest("GET", "/town/other"))).isEmpty();
    assertThat(Routes.audienceOf(new MockHttpServletRequest("POST", "/town/sta/v1.1/Things")))
        .contains(Audience.key(Scope.WRITE));
  }

  @Test
  void pagesThatDoNotExistAre404ForEverybodyAndStaffPagesAskToSignIn() throws Exception {
    var town = municipalities.ensure("routes-town", "Ort", 9, 48, false).slug();
    assertThat(call("GET", "/" + town + "/secret-plans", null, "text/html").statusCode()).isEqualTo(404);
    assertThat(call("GET", "/nowhere/keys", null, "text/html").statusCode()).isEqualTo(404);
    assertThat(call("GET", "/" + town + "/sign-in", null, "text/html").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/nowhere/sign-in", null, "text/html").statusCode()).isEqualTo(404);
    var keysPage = call("GET", "/" + town + "/keys", null, "text/html");
    assertThat(keysPage.statusCode()).isEqualTo(302);
    assertThat(keysPage.headers().firstValue("Location").orElseThrow()).contains("/" + town + "/sign-in");
    assertThat(keysPage.headers().allValues("Set-Cookie")).as("visitors get no session").isEmpty();
  }

  @Test
  void machinesLearnWhatTheirKeyLacks() throws Exception {
    var here = municipalities.ensure("routes-here", "Hier", 9, 48, false);
    var there = municipalities.ensure("routes-there", "Dort", 9, 48, false);
    var read = CurrentMunicipality.call(here, () -> keys.create("read", Scope.READ, null));
    var write = CurrentMunicipality.call(here, () -> keys.create("write", Scope.WRITE, null));
    var foreign = CurrentMunicipality.call(there, () -> keys.create("there", Scope.ADMIN, null));
    var expired = CurrentMunicipality.call(here,
        () -> keys.create("old", Scope.WRITE, Instant.now().minusSeconds(1)));
    var path = "/routes-here/sta/v1.1/Things";

    for (var none : new String[]{null, expired, "scc_1_" + "a".repeat(32), "nonsense"}) {
      var answer = call("POST", path, none, "application/json");
      assertThat(answer.statusCode()).as("key %s", none).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(answer.body()).as("the error form of SensorThings").contains("\"code\":401").contains("\"message\"");
    }
    assertThat(call("POST", path, read, "application/json").statusCode()).isEqualTo(403);
    assertThat(call("POST", path, foreign, "application/json").statusCode()).isEqualTo(403);
    assertThat(call("POST", path, write, "application/json").statusCode()).isNotIn(401, 403);
    assertThat(call("GET", "/routes-here/sta/v1.1", foreign, "application/json").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/routes-here/sta/v1.1", null, "application/json").statusCode()).isEqualTo(200);

    var door = call("POST", "/routes-here/in/anything", null, "application/json");
    assertThat(door.statusCode()).isEqualTo(401);
    assertThat(door.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(door.body()).contains("/errors/unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/health/readiness", "/actuator/health/liveness", "/actuator/health"})
  void healthAnswersOnTheMainPort(String path) throws Exception {
    var answer = call("GET", path, null, "application/json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator", "/actuator/env", "/actuator/prometheus", "/actuator/heapdump",
      "/actuator/metrics"})
  void nothingElseOfTheManagementIsOnTheMainPort(String path) throws Exception {
    assertThat(call("GET", path, null, "application/json").statusCode()).isEqualTo(404);
  }

  @Test
  void figuresAreOnTheManagementPortOnly() throws Exception {
    assertThat(managementPort).isNotEqualTo(port).isPositive();
    assertThat(send(managementPort, "GET", "/actuator/prometheus", Map.of()).body()).contains("jvm_memory_used_bytes");
    assertThat(send(managementPort, "GET", "/actuator/env", Map.of()).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> call(String method, String path, @Nullable String key, String accept) throws Exception {
    return send(port, method, path,
        key == null ? Map.of("Accept", accept) : Map.of("Accept", accept, "X-API-Key", key));
  }

  private static HttpResponse<String> send(int port, String method, String path, Map<String, String> headers)
      throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
          .method(method, method.equals("POST")
              ? HttpRequest.BodyPublishers.ofString("{}")
              : HttpRequest.BodyPublishers.noBody());
      headers.forEach(request::header);
      if (method.equals("POST")) {
        request.header("Content-Type", "application/json");
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
