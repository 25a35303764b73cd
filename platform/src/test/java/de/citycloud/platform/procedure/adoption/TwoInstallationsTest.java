package de.citycloud.platform.procedure.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.SmartCityCloud;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import de.citycloud.platform.procedure.adoption.Setting.Kind;
import de.citycloud.platform.procedure.exchange.Adopters;
import de.citycloud.platform.procedure.exchange.Feedback;
import de.citycloud.platform.procedure.exchange.Origins;
import de.citycloud.platform.procedure.exchange.Publisher;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** A2 over the network: one installation publishes, another one adopts, updates and goes back. */
class TwoInstallationsTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Publisher publisher;
  @Autowired
  private Adopters heard;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  private ConfigurableApplicationContext secondInstallation() throws Exception {
    var data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "city")), "second");
    return new SpringApplicationBuilder(SmartCityCloud.class).run("--server.port=0", "--city.mqtt.port=0",
        "--management.server.port=0", "--city.demo.enabled=false", "--city.identity.second-factor=",
        "--city.database.data=" + data, "--city.outgoing.allow=127.0.0.1:" + port);
  }

  private static void assertProblem(String slug, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOfSatisfying(CityProblem.class,
        problem -> assertThat(problem.slug()).isEqualTo(slug));
  }

  @Test
  void anotherInstallationAdoptsUpdatesAndGoesBack() throws Exception {
    var here = municipalities.ensure("two-origin", "Ursprungsstadt", 9, 48, false);
    var address = "http://127.0.0.1:" + port + "/two-origin";
    var first = CurrentMunicipality.call(here, () -> publisher.publish(Versions.first("two-origin")).digest());
    try (var there = secondInstallation()) {
      var origins = there.getBean(Origins.class);
      var adoptions = there.getBean(Adoptions.class);
      var procedures = there.getBean(Procedures.class);
      var adopters = there.getBean(Adopters.class);
      var town = there.getBean(Municipalities.class).ensure("heilbronn", "Heilbronn", 9.2, 49.1, false);
      long id = CurrentMunicipality.call(town, () -> trust(origins, address));
      long activation = CurrentMunicipality.call(town, () -> {
        adoptions.adopt(origins.take(id, first), id, new OfficeInfo("amt", "Amt", "Marktplatz 7", "", "", ""));
        adoptions.set(Versions.KEY, Adoptions.setting(Kind.PARAMETER, "zones", null, JsonMapper.shared().readTree(
            "[{\"zone\":\"1\",\"name\":\"A\",\"fee\":\"30.70\"},{\"zone\":\"16\",\"name\":\"B\",\"fee\":\"10.20\"}]"),
            "", Instant.now()));
        adoptions.activate(Versions.KEY, first, null);
        return procedures.find(Versions.KEY, Instant.now()).orElseThrow().activationId();
      });
      var lena = Instant.now();
      reportBack(here, town, adopters);

      var second = CurrentMunicipality.call(here, () -> publisher.publish(Versions.second("two-origin")).digest());
      var third = CurrentMunicipality.call(here, () -> publisher.publish(Versions.third("two-origin")).digest());
      CurrentMunicipality.run(town, () -> {
        assertThat(origins.check(id)).isEmpty();
        assertThat(origins.offersOf(id)).hasSize(3).allSatisfy(
            entry -> assertThat(entry.usedBy()).containsExactly("Heilbronn"));
      });
      aChangedByteAndAnOldIndexAreRefused(here, town, origins, id, second);

      CurrentMunicipality.run(town, () -> {
        origins.take(id, second);
        origins.take(id, third);
        assertProblem("parameters-missing", () -> adoptions.activate(Versions.KEY, third, null));
        adoptions.set(Versions.KEY, Adoptions.setting(Kind.PARAMETER, "carSharing", null,
            JsonMapper.shared().readTree("true"), "", Instant.now()));
        adoptions.activate(Versions.KEY, third, null);
        assertThat(procedures.find(Versions.KEY, Instant.now()).orElseThrow().pack().manifest().version())
            .hasToString("2.0.0");
        adoptions.activate(Versions.KEY, second, null);
        var now = procedures.find(Versions.KEY, Instant.now()).orElseThrow();
        assertThat(now.pack().manifest().version()).as("gone back").hasToString("1.1.0");
        assertThat(there.getBean(ProcedureRules.class).assess(now, Map.of("kind", "new", "zoneWanted", "16"),
            ProcedureRules.local(lena)).fee()).as("our fees are untouched").isEqualByComparingTo("10.20");
        assertThat(procedures.ofCase(activation, lena).pack().manifest().version()).as("Lena's case")
            .hasToString("1.0.0");
      });
    }
  }

  private long trust(Origins origins, String address) {
    assertProblem("origin-address", () -> origins.trust("http://127.0.0.1:9/two-origin", "a".repeat(40)));
    assertProblem("origin-address", () -> origins.trust("http://169.254.169.254/latest", "a".repeat(40)));
    assertProblem("origin-silent", () -> origins.trust(address.replace("two-origin", "nobody"), "a".repeat(40)));
    assertProblem("origin-key", () -> origins.trust(address, "a".repeat(40)));
    assertThat(origins.listAll()).isEmpty();
    try {
      origins.trust(address, "b".repeat(40));
      throw new AssertionError("a foreign key was trusted");
    } catch (CityProblem e) {
      return origins.trust(address + "/procedures/index.json", String.valueOf(e.details().get("key"))).id();
    }
  }

  private void reportBack(Municipality here, Municipality town, Adopters adopters) throws Exception {
    CurrentMunicipality.run(town, () -> assertThat(adopters.deliver()).isOne());
    CurrentMunicipality.run(here, () -> {
      assertThat(heard.list()).singleElement().satisfies(notice -> {
        assertThat(notice.kind()).isEqualTo(Feedback.Kind.ADOPTED);
        assertThat(notice.sender()).isEqualTo("Heilbronn");
        assertThat(notice.known()).as("nobody has compared the key yet").isFalse();
      });
      heard.confirm(heard.list().getFirst().senderKey());
    });
    try (var http = HttpClient.newHttpClient()) {
      for (var bad : java.util.List.of("", "{}", "[1,2", "x".repeat(20_000),
          "{\"signature\":\"" + "A".repeat(86) + "==\"}",
          "{\"format\":1,\"signature\":\"" + "A".repeat(86) + "==\"}")) {
        var answer = http.send(HttpRequest.newBuilder(uri("/procedures/feedback"))
            .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(bad)).build(),
            HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(bad.length() > 60 ? bad.substring(0, 60) : bad).isEqualTo(422);
        assertThat(answer.body()).contains("feedback-unreadable");
      }
      assertTheFilesAreCacheable(http);
    }
    CurrentMunicipality.run(here, () -> assertThat(heard.list()).hasSize(1));
  }

  private void assertTheFilesAreCacheable(HttpClient http) throws Exception {
    var index = http.send(HttpRequest.newBuilder(uri("/procedures/index.json")).build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(index.statusCode()).isEqualTo(200);
    assertThat(index.headers().firstValue("Cache-Control").orElse("")).contains("max-age=60").contains("public");
    var tag = index.headers().firstValue("ETag").orElseThrow();
    assertThat(http.send(HttpRequest.newBuilder(uri("/procedures/index.json")).header("If-None-Match", tag).build(),
        HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    for (var missing : java.util.List.of("/procedures/packages/" + "0".repeat(64) + ".zip",
        "/procedures/packages/..%2F..%2Fx.zip", "/procedures/packages/x.sig")) {
      assertThat(http.send(HttpRequest.newBuilder(uri(missing)).build(), HttpResponse.BodyHandlers.ofString())
          .statusCode()).as(missing).isBetween(400, 404);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + "/two-origin" + path);
  }

  private void aChangedByteAndAnOldIndexAreRefused(Municipality here, Municipality town, Origins origins, long id,
      String digest) {
    var all = JdbcClient.create(owner);
    byte[] good = all.sql("select archive from procedure_package where municipality_id = ? and digest = ?")
        .params(here.id(), digest).query(byte[].class).single();
    var changed = good.clone();
    changed[good.length / 2] ^= 1;
    var set = "update procedure_package set archive = ? where municipality_id = ? and digest = ?";
    all.sql(set).param(changed).param(here.id()).param(digest).update();
    CurrentMunicipality.run(town, () -> assertProblem("package-bytes", () -> origins.take(id, digest)));
    all.sql(set).param(good).param(here.id()).param(digest).update();

    var document = "update procedure_index set document = ? where municipality_id = ?";
    byte[] old = all.sql("select document from procedure_index where municipality_id = ?").param(here.id())
        .query(byte[].class).single();
    CurrentMunicipality.run(here, publisher::renew);
    CurrentMunicipality.run(town, () -> assertThat(origins.check(id)).isEmpty());
    byte[] newest = all.sql("select document from procedure_index where municipality_id = ?").param(here.id())
        .query(byte[].class).single();
    all.sql(document).param(old).param(here.id()).update();
    CurrentMunicipality.run(town, () -> {
      assertThat(origins.check(id)).hasValueSatisfying(
          problem -> assertThat(problem.slug()).isEqualTo("index-older"));
      assertThat(origins.get(id).problem()).contains("expected");
      assertThat(origins.offersOf(id)).as("what we know stays").hasSize(3);
    });
    all.sql(document).param(newest).param(here.id()).update();
  }
}
