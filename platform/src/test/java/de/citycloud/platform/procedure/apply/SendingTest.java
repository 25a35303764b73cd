package de.citycloud.platform.procedure.apply;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.privacy.LegalHolds;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.Retention;
import de.citycloud.platform.procedure.RealTown;
import de.citycloud.platform.procedure.Walk;
import de.citycloud.platform.procedure.adoption.OwnPackage;
import de.citycloud.platform.procedure.pack.PackageFiles;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sending at once, leaving and coming back: nothing doubled, nothing kept too long, nothing typed twice. */
class SendingTest extends CityTest {
  @Autowired
  private ApplicationContext program;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Drafts drafts;
  @Autowired
  private Retention retention;
  @Autowired
  private LegalHolds holds;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  private long count(String sql, Object... values) {
    return JdbcClient.create(owner).sql("select count(*) from " + sql).params(values).query(Long.class).single();
  }

  @Test
  void theSameFormSentEightTimesAtOnceIsOneCaseAndEveryAnswerLeadsToItsConfirmation() throws Exception {
    var town = RealTown.ensure(program, port, "send-once", "bewohnerparkausweis");
    for (int round = 0; round < 3; round++) {
      try (var citizen = new PageVisitor(port)) {
        var check = Walk.fill(citizen, town.slug(), town.procedure().pack(), town.answers());
        citizen.get(check);
        var answers = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
          Callable<String> send = () -> Walk.location(citizen.post(check, Map.of("pay", "invoice")));
          for (var one : threads.invokeAll(Collections.nCopies(8, send))) {
            answers.add(one.get());
          }
        }
        assertThat(answers).hasSize(8).containsOnly(check.replace("/check/", "/sent/"));
        var receipt = Walk.receipt(citizen.get(answers.getFirst()).body());
        assertThat(Walk.receipt(citizen.get(answers.getLast()).body())).isEqualTo(receipt);
        assertThat(citizen.get(Walk.open(citizen, town.slug(), receipt)).statusCode()).isEqualTo(200);
      }
      int cases = round + 1;
      int here = town.municipality().id();
      assertThat(count("case_file where municipality_id = ?", here)).isEqualTo(cases);
      assertThat(count("case_task where municipality_id = ?", here)).isEqualTo(cases);
      assertThat(count("case_event where key = 'received' and municipality_id = ?", here)).isEqualTo(cases);
      assertThat(count("outgoing_message where municipality_id = ?", here)).as("mails that it arrived")
          .isEqualTo(cases);
      assertThat(count("flowable.act_ru_execution where parent_id_ is null and tenant_id_ = ?",
          Integer.toString(here))).isEqualTo(cases);
    }
  }

  @Test
  void draftsEndAfterThirtyDaysOfRestWithTheirKeysUnlessAHoldOnTheirOwnerKeepsThem() {
    var town = municipalities.ensure("send-rest", "Ruhestadt", 9, 48, false);
    int lena = TestStaff.make(program, town, "lena", Role.CITIZEN);
    int ali = TestStaff.make(program, town, "ali", Role.CITIZEN);
    CurrentMunicipality.run(town, () -> {
      var held = drafts.begin("hundesteuer", lena).id();
      var anothers = drafts.begin("hundesteuer", ali).id();
      var anonymous = drafts.begin("hundesteuer", null).id();
      var keys = List.of(keyOf(held), keyOf(anothers), keyOf(anonymous));
      holds.holdPerson(Person.ofAccount(lena), "Klage");
      retention.runHere(Instant.now().plus(Duration.ofDays(29)));
      assertThat(left()).containsExactlyInAnyOrder(held, anothers, anonymous);
      assertThat(keys).allMatch(this::isThere);
      retention.runHere(Instant.now().plus(Duration.ofDays(31)));
      assertThat(left()).containsExactly(held);
      assertThat(keys).filteredOn(this::isThere).containsExactly(keys.getFirst());
    });
  }

  private String keyOf(UUID draft) {
    return JdbcClient.create(owner).sql("select person from application_draft where id = ?").param(draft)
        .query(String.class).single();
  }

  private boolean isThere(String key) {
    return count("keystore.person_key where person = ?", key) == 1;
  }

  private List<UUID> left() {
    return JdbcClient.create(owner).sql("select id from application_draft where municipality_id = ?")
        .param(CurrentMunicipality.get().id()).query(UUID.class).list();
  }

  @Test
  void aServiceThatMustKnowItsApplicantsLeadsToTheSignInAndBackWithEveryAnswerKept() throws Exception {
    var town = municipalities.ensure("send-sure", "Sicherstadt", 9, 48, false);
    OwnPackage.offer(program, town, PackageFiles.parkausweis().replace("manifest.json", "\"assurance\": \"none\"",
        "\"assurance\": \"hoch\""));
    TestStaff.make(program, town, "lena", Role.CITIZEN);
    var service = "/send-sure/services/parkausweis";
    try (var lena = new PageVisitor(port)) {
      assertThat(lena.get(service).body()).contains("Online-Ausweis");
      var start = Walk.location(lena.post(service + "/apply", Map.of()));
      assertThat(wayBack(start)).isEqualTo(service);
      signIn(lena, start, service);
      lena.get(service);
      assertThat(wayBack(Walk.location(lena.post(service + "/apply", Map.of())))).as("a password is not enough")
          .isEqualTo(service);
      prove("hoch");
      lena.get(service);
      var first = Walk.location(lena.post(service + "/apply", Map.of()));
      assertThat(lena.get(first).statusCode()).isEqualTo(200);
      var second = Walk.location(lena.post(first, Map.of("kind", "new", "zoneWanted", "16")));
      lena.get(second);

      JdbcClient.create(owner).sql("delete from account_session where municipality_id = ?").param(town.id()).update();
      var away = lena.post(second, Map.of("familyName", "Vogt", "plate", "LB-LV 16", "email", "lena@post.example"));
      assertThat(away.body()).doesNotContain("Vogt");
      assertThat(wayBack(Walk.location(away))).isEqualTo(second);
      for (var page : List.of(first, second, second.replaceFirst("/apply/([^/]+)/.*", "/check/$1"),
          second.replaceFirst("/apply/([^/]+)/.*", "/saved/$1"))) {
        var refused = lena.get(page);
        assertThat(wayBack(Walk.location(refused))).as(page).isEqualTo(page);
        assertThat(refused.body()).doesNotContain("Vogt", "LB-LV");
      }
      signIn(lena, Walk.location(away), second);
      assertThat(lena.get(second).statusCode()).as("a password alone is still not enough").isEqualTo(302);
      prove("hoch");
      assertThat(lena.get(second).body()).contains("value=\"Vogt\"", "value=\"LB-LV 16\"");
      assertThat(lena.get(first).body()).contains("value=\"16\" checked");
    }
  }

  private static String wayBack(String location) {
    assertThat(location).startsWith("/send-sure/sign-in?next=").endsWith("&level=hoch");
    return URLDecoder.decode(location.replaceFirst(".*next=([^&]+)&.*", "$1"), StandardCharsets.UTF_8);
  }

  private static void signIn(PageVisitor lena, String signIn, String next) throws Exception {
    assertThat(lena.get(signIn).body()).contains("value=\"" + next + "\"");
    assertThat(Walk.location(lena.post("/send-sure/sign-in",
        Map.of("name", "lena", "password", TestStaff.PASSWORD, "next", next)))).isEqualTo(next);
  }

  /** As if she had proven who she is at the identity provider; what happens there ProviderTest shows. */
  private void prove(String level) {
    JdbcClient.create(owner).sql("""
                                 update account_session set assurance = ?
                                 where municipality_id = (select id from municipality where slug = 'send-sure')
                                 """).param(level).update();
  }
}
