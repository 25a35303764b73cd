package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class StaffSignInTest extends CityTest {
  private static final String GOOD = "drei Igel tanzen im Mai";
  private static int counter;

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private SetUpLinks links;
  @Autowired
  @OwnerConnections
  private DataSource owner;
  private Municipality town = new Municipality(0, "", "", 0, 0, false);

  @BeforeEach
  void aTownOfItsOwn() {
    // All tests come from one address, and it counts.
    JdbcClient.create(owner).sql("delete from sign_in_attempt").update();
    town = municipalities.ensure("sign-in-" + ++counter, "Musterstadt", 9, 48, false);
  }

  @Test
  void theSetUpLinkMakesOneAdministratorWhoGivesOutKeysOnce() throws Exception {
    var link = CurrentMunicipality.call(town, links::create);
    try (var admin = new PageVisitor(port); var late = new PageVisitor(port)) {
      assertThat(admin.get(link).body()).contains("Erstes Konto anlegen").contains("autocomplete=\"new-password\"");
      assertThat(admin.cookie("city")).as("no session before signing in").isEmpty();

      var mistakes = admin.post(path("/set-up"), Map.of("token", token(link), "name", "", "password", "kurz"));
      assertThat(mistakes.statusCode()).isEqualTo(422);
      assertThat(mistakes.body()).contains("error-summary").contains("href=\"#name\"").contains("href=\"#password\"");

      var done = admin.post(path("/set-up"),
          Map.of("token", token(link), "name", "Erika@Stadt.example", "password", GOOD, "again", GOOD));
      assertThat(done.headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/account"));
      var cookie = done.headers().allValues("Set-Cookie").toString();
      assertThat(cookie).contains("city=").contains("HttpOnly").contains("SameSite=Lax");
      assertThat(admin.get(path("/account")).body()).contains("erika@stadt.example").contains("Abmelden")
          .contains("Dieses Gerät");

      assertThat(late.get(link).statusCode()).as("the link is used up").isEqualTo(404);

      assertThat(admin.get(path("/keys")).body()).contains("Es gibt noch keinen Schlüssel");
      var wrong = admin.post(path("/keys"), Map.of("label", " ", "scope", "all", "days", "7"));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("href=\"#label\"").contains("href=\"#scope\"").contains("href=\"#days\"");
      var created = admin.post(path("/keys"), Map.of("label", "Gateway <Markt>", "scope", "write", "days", "365"));
      var key = find("scc_\\d+_[a-z2-7]{32}", created.body());
      assertThat(created.headers().firstValue("Cache-Control")).hasValueSatisfying(
          value -> assertThat(value).contains("no-store"));
      assertThat(admin.get(path("/keys")).body()).contains("Gateway &lt;Markt&gt;").doesNotContain(key)
          .contains("Noch nie");
      var id = find("/keys/(\\d+)/revoke", admin.get(path("/keys")).body());
      assertThat(admin.post(path("/keys/" + id + "/revoke"), Map.of()).statusCode()).isEqualTo(302);
      assertThat(admin.get(path("/keys")).body()).contains("Es gibt noch keinen Schlüssel");

      admin.post(path("/sign-out"), Map.of());
      assertThat(admin.get(path("/account")).statusCode()).as("signed out").isEqualTo(302);
    }
  }

  @Test
  void signingInChangesTheSessionAndLeadsBackButNeverToAnotherHost() throws Exception {
    account("kim", GOOD);
    try (var somebody = new PageVisitor(port)) {
      var asked = somebody.get(path("/keys"));
      var to = asked.headers().firstValue("Location").orElseThrow();
      assertThat(to).contains("/sign-in?next=");
      somebody.get(path("/sign-in?next=" + path("/keys")));
      var in = somebody.post(path("/sign-in"), Map.of("name", "KIM", "password", GOOD, "next", path("/keys")));
      assertThat(in.headers().firstValue("Location")).hasValueSatisfying(back -> assertThat(back).endsWith("/keys"));
      var first = somebody.cookie("city");
      somebody.get(path("/sign-in"));
      var evil = somebody.post(path("/sign-in"),
          Map.of("name", "kim", "password", GOOD, "next", "//evil.example/" + town.slug()));
      assertThat(evil.headers().firstValue("Location")).hasValueSatisfying(
          back -> assertThat(back).endsWith("/account").doesNotContain("evil"));
      assertThat(somebody.cookie("city")).as("session id after signing in again").isNotEqualTo(first);

      var elsewhere = municipalities.ensure("sign-in-elsewhere", "Anderswo", 9, 48, false);
      assertThat(somebody.get("/" + elsewhere.slug() + "/keys").statusCode()).as("nobody in another municipality")
          .isEqualTo(302);
    }
  }

  @Test
  void ofManySessionsOfOneAccountTheOldestEnds() throws Exception {
    account("kim", GOOD);
    var visitors = new java.util.ArrayList<PageVisitor>();
    try {
      for (int i = 0; i <= SessionStore.AT_MOST; i++) {
        var visitor = new PageVisitor(port);
        visitors.add(visitor);
        visitor.get(path("/sign-in"));
        assertThat(visitor.post(path("/sign-in"), Map.of("name", "kim", "password", GOOD)).statusCode()).isEqualTo(302);
        assertThat(visitor.get(path("/account")).statusCode()).isEqualTo(200);
      }
      var open = new java.util.ArrayList<Integer>();
      for (var visitor : visitors) {
        open.add(visitor.get(path("/account")).statusCode());
      }
      assertThat(open).as("the account itself was made with a session, too").startsWith(302).doesNotContain(500);
      assertThat(open.stream().filter(status -> status == 200).count()).isEqualTo(SessionStore.AT_MOST);
      var last = visitors.getLast();
      last.post(path("/sign-out"), Map.of());
      assertThat(visitors.get(1).get(path("/account")).statusCode()).as("others stay").isEqualTo(200);
    } finally {
      visitors.forEach(PageVisitor::close);
    }
  }

  @Test
  void aFormWithoutItsTokenIsRefused() throws Exception {
    account("kim", GOOD);
    try (var somebody = new PageVisitor(port)) {
      assertThat(somebody.post(path("/sign-in"), Map.of("name", "kim", "password", GOOD)).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void guessingEndsAfterTenTriesForAnAccountWhetherOrNotItExists() throws Exception {
    account("kim", GOOD);
    var answers = new java.util.ArrayList<List<String>>();
    for (var name : List.of("kim", "nobody")) {
      JdbcClient.create(owner).sql("delete from sign_in_attempt").update();
      try (var guesser = new PageVisitor(port)) {
        guesser.get(path("/sign-in"));
        var seen = new java.util.ArrayList<String>();
        for (int i = 1; i <= 12; i++) {
          var answer = guesser.post(path("/sign-in"), Map.of("name", name, "password", "wrong " + i));
          seen.add(answer.statusCode() + " " + message(answer));
        }
        answers.add(seen);
        assertThat(seen.subList(0, 10)).as(name).allMatch(answer -> answer.startsWith("422 "));
        assertThat(seen.subList(10, 12)).as(name).allMatch(answer -> answer.startsWith("429 "));
        assertThat(guesser.post(path("/sign-in"), Map.of("name", name, "password", GOOD)).statusCode())
            .as("even the right password has to wait").isEqualTo(429);
      }
    }
    assertThat(answers.get(0)).as("the answers do not tell whether the account exists").isEqualTo(answers.get(1));
  }

  @Test
  void guessingManyAccountsFromOneAddressEndsTooAlsoAllAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> tries = java.util.stream.IntStream.range(0, 30).<Callable<Integer>>mapToObj(i -> () -> {
        try (var guesser = new PageVisitor(port)) {
          guesser.get(path("/sign-in"));
          return guesser.post(path("/sign-in"), Map.of("name", "guess" + i, "password", "wrong")).statusCode();
        }
      }).toList();
      var codes = new java.util.ArrayList<Integer>();
      for (Future<Integer> result : threads.invokeAll(tries)) {
        codes.add(result.get());
      }
      // 503 on a slow computer: then the try was not looked at either.
      assertThat(codes).allMatch(code -> code == 422 || code == 429 || code == 503);
      assertThat(codes.stream().filter(code -> code == 422).count()).as("tries that were looked at: %s", codes)
          .isLessThanOrEqualTo(10);
    }
  }

  private void account(String name, String password) throws Exception {
    var link = CurrentMunicipality.call(town, links::create);
    try (var admin = new PageVisitor(port)) {
      admin.get(link);
      var done = admin.post(path("/set-up"),
          Map.of("token", token(link), "name", name, "password", password, "again", password));
      assertThat(done.statusCode()).isEqualTo(302);
    }
  }

  private String path(String rest) {
    return "/" + town.slug() + rest;
  }

  private static String token(String link) {
    return link.replaceFirst(".*token=", "");
  }

  private static String message(HttpResponse<String> answer) {
    return find("<li><span>([^<]+)</span>", answer.body());
  }

  private static String find(String pattern, String text) {
    var found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
    return found.group(found.groupCount());
  }
}
