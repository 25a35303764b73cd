package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.TestProvider.Signature;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Sign-in at an identity provider, and its tokens at the doors of machines, against a real one over HTTP. */
class ProviderTest extends CityTest {
  private static final TestProvider PROVIDER = started();
  private static int counter;

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Accounts accounts;

  private static TestProvider started() {
    try {
      return new TestProvider();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry properties) {
    properties.add("city.oidc.issuer", PROVIDER::issuer);
    properties.add("city.oidc.audience", () -> "city-doors");
    properties.add("city.oidc.roles.bauamt", () -> "caseworker");
    properties.add("city.oidc.roles.daten", () -> "data_steward");
    properties.add("city.oidc.levels.STORK-QAA-Level-3", () -> "substanziell");
    properties.add("city.oidc.levels.STORK-QAA-Level-4", () -> "hoch");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void aGoodProvider() {
    PROVIDER.claims = builder -> builder;
    PROVIDER.signature = Signature.RIGHT;
  }

  @Test
  void somebodyOfTheProviderGetsAnAccountWithTheRolesOfTheirGroups() throws Exception {
    var town = town();
    int local = town.person("erika", Role.ADMINISTRATOR);
    PROVIDER.claims = claims -> claims.claim("groups", List.of("bauamt", "daten", "kantine"));
    try (var erika = new PageVisitor(port)) {
      assertThat(erika.get(town.path("/sign-in")).body()).contains(town.path("/sign-in/provider?next"));
      var back = come(erika, town, leave(erika, town, "?next=" + town.path("/sources")));
      assertThat(Town.location(back)).endsWith(town.path("/sources"));
      assertThat(erika.get(town.path("/sources")).statusCode()).isEqualTo(200);
      assertThat(erika.get(town.path("/account")).body()).contains("Sachbearbeitung").contains("Datenverantwortung")
          .doesNotContain("Administration").doesNotContain("Passwort ändern");
      PROVIDER.claims = claims -> claims.claim("groups", List.of("bauamt"));
      come(erika, town, leave(erika, town, ""));
      assertThat(erika.get(town.path("/sources")).statusCode()).as("the group is gone, so is the role").isEqualTo(403);
    }
    CurrentMunicipality.run(town.municipality(), () -> {
      assertThat(accounts.listAll()).as("the local erika and hers: never joined by name").hasSize(2);
      assertThat(accounts.find(local).orElseThrow().roles()).containsExactly(Role.ADMINISTRATOR);
    });
  }

  enum Flaw {
    ISSUER(claims -> claims.issuer("http://127.0.0.1:1")), NONCE(claims -> claims.claim("nonce", "another")), NO_NONCE(
        claims -> claims.claim("nonce", null)), EXPIRED(
            claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(900)))
                .expirationTime(Date.from(Instant.now().minusSeconds(600)))), AUDIENCE(
                    claims -> claims.audience("another-program")), NO_SUBJECT(claims -> claims.subject(null));

    private final UnaryOperator<JWTClaimsSet.Builder> change;

    Flaw(UnaryOperator<JWTClaimsSet.Builder> change) {
      this.change = change;
    }
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void aTokenWithAFlawIsRefused(Flaw flaw) throws Exception {
    PROVIDER.claims = flaw.change;
    refused();
  }

  @ParameterizedTest
  @EnumSource(value = Signature.class, names = "RIGHT", mode = EnumSource.Mode.EXCLUDE)
  void aTokenWithoutTheProvidersSignatureIsRefused(Signature signature) throws Exception {
    PROVIDER.signature = signature;
    refused();
  }

  private void refused() throws Exception {
    var town = town();
    try (var erika = new PageVisitor(port)) {
      assertThat(come(erika, town, leave(erika, town, "")).statusCode()).isEqualTo(403);
      assertThat(erika.get(town.path("/account")).statusCode()).isEqualTo(302);
    }
  }

  @Test
  void anAnswerIsGoodOnceInItsBrowserAndItsTown() throws Exception {
    var town = town();
    var other = town();
    try (var erika = new PageVisitor(port); var thief = new PageVisitor(port)) {
      var answer = PROVIDER.signIn(leave(erika, town, ""));
      assertThat(thief.get(town.path("/sign-in/provider/callback") + answer).statusCode()).as("another browser")
          .isEqualTo(403);
      leave(thief, town, "");
      assertThat(thief.get(town.path("/sign-in/provider/callback") + answer).statusCode()).as("another state")
          .isEqualTo(403);
      assertThat(erika.get(other.path("/sign-in/provider/callback") + answer).statusCode()).as("another town")
          .isEqualTo(403);
      assertThat(erika.get(town.path("/sign-in/provider/callback") + answer).statusCode()).isEqualTo(302);
      assertThat(erika.get(town.path("/sign-in/provider/callback") + answer).statusCode()).as("a second time")
          .isEqualTo(403);
    }
  }

  @Test
  void aHigherLevelIsAskedForAndProvenAnew() throws Exception {
    var town = town();
    try (var erika = new PageVisitor(port)) {
      var asked = TestProvider.parse(URI.create(leave(erika, town, "?level=substanziell")).getRawQuery());
      assertThat(asked).containsEntry("acr_values", "STORK-QAA-Level-3").containsEntry("max_age", "0")
          .containsEntry("code_challenge_method", "S256").containsEntry("response_type", "code");

      PROVIDER.claims = claims -> claims.claim("acr", "basis");
      assertThat(come(erika, town, leave(erika, town, "?level=substanziell")).statusCode()).as("too low")
          .isEqualTo(403);
      PROVIDER.claims = claims -> claims.claim("acr", "STORK-QAA-Level-3").claim("auth_time",
          Instant.now().minusSeconds(3600).getEpochSecond());
      assertThat(come(erika, town, leave(erika, town, "?level=substanziell")).statusCode()).as("not proven now")
          .isEqualTo(403);
      PROVIDER.claims = claims -> claims.claim("acr", "STORK-QAA-Level-4");
      assertThat(come(erika, town, leave(erika, town, "?level=substanziell")).statusCode()).isEqualTo(302);
    }
  }

  @Test
  void aBearerTokenOpensTheDoorsOfTheTownItNames() throws Exception {
    var town = town();
    var path = town.path("/sta/v1.1/Things");
    UnaryOperator<JWTClaimsSet.Builder> good = claims -> claims.audience("city-doors").claim("scope", "city.write x")
        .claim("municipality", town.municipality().slug());
    assertThat(write(path, good).statusCode()).as("let in; the body is none").isNotIn(401, 403);
    assertThat(write(path, claims -> good.apply(claims).claim("municipality", "elsewhere")).statusCode())
        .isEqualTo(403);
    assertThat(write(path, claims -> good.apply(claims).claim("scope", "city.read")).statusCode()).isEqualTo(403);
    assertThat(write(path, claims -> good.apply(claims).audience("smart-city-cloud")).statusCode()).isEqualTo(401);
    assertThat(write(path, claims -> good.apply(claims).issuer("http://127.0.0.1:1")).statusCode()).isEqualTo(401);
    assertThat(write(path, claims -> good.apply(claims).expirationTime(Date.from(Instant.now().minusSeconds(600))))
        .statusCode()).isEqualTo(401);
    assertThat(write(path, claims -> good.apply(claims).expirationTime(null)).statusCode()).as("without an end")
        .isEqualTo(401);
    for (var signature : List.of(Signature.STRANGER, Signature.NONE)) {
      PROVIDER.signature = signature;
      assertThat(write(path, good).statusCode()).as(signature.name()).isEqualTo(401);
    }
  }

  private static String leave(PageVisitor visitor, Town town, String query) throws Exception {
    var answer = visitor.get(town.path("/sign-in/provider") + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    assertThat(Town.location(answer)).startsWith(PROVIDER.issuer() + "/authorize?");
    return Town.location(answer);
  }

  private static HttpResponse<String> come(PageVisitor visitor, Town town, String request) throws Exception {
    return visitor.get(town.path("/sign-in/provider/callback") + PROVIDER.signIn(request));
  }

  private HttpResponse<String> write(String path, UnaryOperator<JWTClaimsSet.Builder> claims) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
          .header("Authorization", "Bearer " + PROVIDER.token(claims.apply(PROVIDER.builder()).build()))
          .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private Town town() {
    return new Town(municipalities.ensure("provider-" + ++counter, "Musterstadt", 9, 48, false), accounts, port);
  }
}
