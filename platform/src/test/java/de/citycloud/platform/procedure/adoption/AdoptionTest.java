package de.citycloud.platform.procedure.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import de.citycloud.platform.procedure.adoption.Setting.Kind;
import de.citycloud.platform.procedure.exchange.Adopters;
import de.citycloud.platform.procedure.exchange.Feedback;
import de.citycloud.platform.procedure.exchange.Origins;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.exchange.Publisher;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** A1 to A3 between two municipalities of one installation. */
class AdoptionTest extends CityTest {
  private static final OfficeInfo OFFICE = new OfficeInfo("buergerdienste", "Bürgerdienste", "Marktplatz 1",
      "07131 1150", "", "Mo bis Fr 8 bis 12 Uhr");
  private static final Instant ZONE = Instant.parse("2026-12-01T09:00:00Z");
  private static int counter;

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Publisher publisher;
  @Autowired
  private Origins origins;
  @Autowired
  private Adopters adopters;
  @Autowired
  private Adoptions adoptions;
  @Autowired
  private PackageStore packages;
  @Autowired
  private Procedures procedures;
  @Autowired
  private ProcedureRules rules;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  private Municipality origin;
  private Municipality adopter;

  @Autowired
  AdoptionTest(Municipalities municipalities) {
    origin = municipalities.ensure("adoption-o", "Ursprung", 9, 48, false);
    adopter = origin;
  }

  @BeforeEach
  void twoTowns() {
    int number = ++counter;
    origin = municipalities.ensure("adoption-o" + number, "Ursprung", 9, 48, false);
    adopter = municipalities.ensure("adoption-a" + number, "Übernahme", 9, 48, false);
  }

  private String publish(byte[] archive) {
    return CurrentMunicipality.call(origin, () -> publisher.publish(archive).digest());
  }

  /** The other town trusts the first one, adopts this package and offers it from now on. */
  private long adopt(String digest) {
    return CurrentMunicipality.call(adopter, () -> {
      long id = origins.trustNeighbour(origin.slug()).id();
      adoptions.adopt(origins.take(id, digest), id, OFFICE);
      set("zones", null, "[{\"zone\": \"1\", \"name\": \"Weststadt\", \"fee\": \"30.70\"},"
          + "{\"zone\": \"16\", \"name\": \"Nordstadt\", \"fee\": \"10.20\"}]");
      adoptions.activate(Versions.KEY, digest, null);
      return id;
    });
  }

  private void set(String parameter, @Nullable LocalDate from, String json) {
    adoptions.set(Versions.KEY, Adoptions.setting(Kind.PARAMETER, parameter, from, JsonMapper.shared().readTree(json),
        from == null ? "" : "Gebührenverordnung", Instant.now()));
  }

  private BigDecimal fee(ResolvedProcedure procedure, String kind, String zone, LocalDateTime at) {
    return rules.assess(procedure, Map.of("kind", kind, "zoneWanted", zone), at).fee();
  }

  private ResolvedProcedure at(Instant instant) {
    return procedures.find(Versions.KEY, instant).orElseThrow();
  }

  private static void assertProblem(String slug, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOfSatisfying(CityProblem.class,
        problem -> assertThat(problem.slug()).isEqualTo(slug));
  }

  @Test
  void aProcedureIsSharedAndEachTownHasItsOwnValues() {
    var digest = publish(Versions.first(origin.slug()));
    CurrentMunicipality.run(adopter, () -> {
      assertProblem("origin-key",
          () -> origins.trust(origin.slug(), "0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567"));
      assertThat(origins.listAll()).isEmpty();
    });
    long id = adopt(digest);
    CurrentMunicipality.run(origin, () -> {
      adoptions.adopt(packages.get(digest), null, OFFICE);
      set("zones", null, "[{\"zone\": \"1\", \"name\": \"Mitte\", \"fee\": \"120.00\"},"
          + "{\"zone\": \"16\", \"name\": \"Nord\", \"fee\": \"10.20\"}]");
      adoptions.activate(Versions.KEY, digest, null);
      assertThat(fee(at(Instant.now()), "new", "1", ProcedureRules.local(ZONE))).isEqualByComparingTo("120.00");
      assertThat(procedures.listOffered(Instant.now())).singleElement().extracting(ResolvedProcedure::key)
          .isEqualTo(Versions.KEY);
    });
    CurrentMunicipality.run(adopter, () -> {
      assertThat(fee(at(Instant.now()), "new", "16", ProcedureRules.local(ZONE))).isEqualByComparingTo("10.20");
      assertThat(at(Instant.now()).office()).isEqualTo(OFFICE);
      adopters.tell(id, Feedback.Kind.WORDS, Versions.KEY, "1.0.0", "Bitte auch für Anhänger.");
      assertThat(adopters.deliver()).isEqualTo(2);
      assertThat(adopters.deliver()).isZero();
    });
    CurrentMunicipality.run(origin, () -> assertThat(adopters.list()).extracting(Feedback.Received::kind)
        .containsExactlyInAnyOrder(Feedback.Kind.ADOPTED, Feedback.Kind.WORDS));
    CurrentMunicipality.run(adopter, () -> {
      assertThat(origins.check(id)).isEmpty();
      assertThat(origins.offersOf(id).getFirst().usedBy()).containsExactly("Übernahme");
    });
  }

  @Test
  void anUpdateNeverTouchesARunningCaseAndGoingBackIsASwitch() {
    var first = publish(Versions.first(origin.slug()));
    long id = adopt(first);
    var lena = Instant.now();
    long activation = CurrentMunicipality.call(adopter, () -> at(lena).activationId());
    var second = publish(Versions.second(origin.slug()));
    var third = publish(Versions.third(origin.slug()));
    CurrentMunicipality.run(adopter, () -> {
      assertThat(origins.check(id)).isEmpty();
      assertThat(origins.offersOf(id)).hasSize(3);
      origins.take(id, second);
      var major = origins.take(id, third);
      adoptions.activate(Versions.KEY, second, null);
      assertThat(at(Instant.now()).pack().manifest().version()).hasToString("1.1.0");
      assertThat(fee(at(Instant.now()), "new", "16", ProcedureRules.local(ZONE))).as("our fees stay")
          .isEqualByComparingTo("10.20");

      assertThat(adoptions.look(Versions.KEY, major, LocalDate.now()).missing()).extracting(p -> p.key())
          .containsExactly("carSharing");
      assertProblem("parameters-missing", () -> adoptions.activate(Versions.KEY, third, null));
      set("carSharing", null, "true");
      var start = Instant.now().plusSeconds(86_400);
      adoptions.activate(Versions.KEY, third, start);
      assertProblem("activation-taken", () -> adoptions.activate(Versions.KEY, second, start));
      assertThat(at(start.minusMillis(1)).pack().manifest().version()).hasToString("1.1.0");
      assertThat(at(start).pack().manifest().version()).hasToString("2.0.0");
      assertThat(at(start).parameters()).containsEntry("carSharing", true);

      var back = start.plusSeconds(3600);
      adoptions.activate(Versions.KEY, second, back);
      assertThat(at(back).pack().manifest().version()).hasToString("1.1.0");
      assertThat(procedures.ofCase(activation, lena).pack().manifest().version()).hasToString("1.0.0");
      assertThat(procedures.ofCase(activation, lena).parameters()).doesNotContainKey("carSharing");
      assertThatThrownBy(() -> procedures.ofCase(1_999_999_999, lena)).isInstanceOf(IllegalArgumentException.class);
      assertProblem("activation-past", () -> adoptions.activate(Versions.KEY, first, lena));
      adoptions.stop(Versions.KEY);
      assertThat(procedures.find(Versions.KEY, Instant.now())).isEmpty();
      assertThat(jdbc.sql("select count(*) from audit_entry where action = 'procedure.activated'")
          .query(Integer.class).single()).isEqualTo(4);
    });
    CurrentMunicipality.run(origin,
        () -> assertThatThrownBy(() -> procedures.ofCase(activation, lena)).as("the other town's case")
            .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void anOriginHearsOfAVersionWhenItBeginsAndOfTheEnd() {
    var first = publish(Versions.first(origin.slug()));
    long id = adopt(first);
    var second = publish(Versions.second(origin.slug()));
    CurrentMunicipality.run(adopter, () -> {
      assertThat(origins.check(id)).isEmpty();
      origins.take(id, second);
      adoptions.activate(Versions.KEY, second, Instant.now().plusSeconds(86_400));
      adoptions.tellOrigins();
      assertThat(adopters.deliver()).as("only what has begun").isOne();
      JdbcClient.create(owner)
          .sql("update procedure_activation set active_from = now() where municipality_id = ? and digest = ?")
          .params(adopter.id(), second).update();
      adoptions.tellOrigins();
      adoptions.tellOrigins();
      assertThat(adopters.deliver()).as("once").isOne();
      adoptions.activate(Versions.KEY, first, Instant.now().plusSeconds(86_400));
      adoptions.stop(Versions.KEY);
      assertThat(procedures.find(Versions.KEY, Instant.now().plusSeconds(90_000))).as("plans end, too").isEmpty();
      adoptions.tellOrigins();
      assertThat(adopters.deliver()).isOne();
    });
    CurrentMunicipality.run(origin,
        () -> assertThat(adopters.list()).extracting(told -> told.kind() + " " + told.version())
            .containsExactlyInAnyOrder("ADOPTED 1.0.0", "ADOPTED 1.1.0", "STOPPED 1.1.0"));
  }

  @Test
  void aValueWithADateAppliesToTheMinute() {
    var digest = publish(Versions.first(origin.slug()));
    adopt(digest);
    CurrentMunicipality.run(adopter, () -> {
      set("changeFee", LocalDate.of(2027, 1, 1), "\"32.00\"");
      var before = Instant.parse("2026-12-31T22:59:59.999Z");
      var midnight = Instant.parse("2026-12-31T23:00:00Z"); // 1 January, 00:00 in Berlin
      assertThat(fee(at(before), "change", "1", ProcedureRules.local(before))).isEqualByComparingTo("15.00");
      assertThat(fee(at(midnight), "change", "1", ProcedureRules.local(midnight))).isEqualByComparingTo("32.00");
      var received = at(before);
      set("changeFee", LocalDate.of(2026, 1, 1), "\"20.00\"");
      assertThat(procedures.ofCase(received.activationId(), Instant.now().minusSeconds(1)).parameters())
          .as("what is set later changes nothing for a case").containsEntry("changeFee", new BigDecimal("15.00"));
      adoptions.set(Versions.KEY, Adoptions.setting(Kind.PARAMETER, "changeFee", LocalDate.of(2027, 1, 1), null, "",
          Instant.now()));
      assertThat(fee(at(midnight), "change", "1", ProcedureRules.local(midnight))).as("taken back")
          .isEqualByComparingTo("20.00");
    });
  }

  @Test
  void whatWasChangedOnItsWayIsRefusedAndAWithdrawnVersionKeepsRunning() {
    var first = publish(Versions.first(origin.slug()));
    long id = adopt(first);
    var second = publish(Versions.second(origin.slug()));
    JdbcClient.create(owner).sql("""
                                 update procedure_package set archive = set_byte(archive, 500, 88)
                                 where municipality_id = ? and digest = ?
                                 """).params(origin.id(), second).update();
    CurrentMunicipality.run(adopter, () -> {
      assertThat(origins.check(id)).isEmpty();
      assertProblem("package-bytes", () -> origins.take(id, second));
      assertProblem("package-not-offered", () -> origins.take(id, "0".repeat(64)));
    });
    CurrentMunicipality.run(origin, () -> {
      publisher.withdraw(first, "Die Tabelle der Gebühren ist falsch.");
      assertProblem("package-changed", () -> publisher.publish(changedFirst()));
      assertProblem("package-of-another", () -> publisher.publish(Versions.first("anderswo")));
      assertProblem("package-invalid",
          () -> publisher.publish("PK nothing".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    });
    CurrentMunicipality.run(adopter, () -> {
      assertThat(origins.check(id)).isEmpty();
      assertThat(origins.offersOf(id)).filteredOn(entry -> entry.digest().equals(first)).singleElement()
          .satisfies(entry -> assertThat(entry.withdrawn()).contains("falsch"));
      assertThat(at(Instant.now()).pack().digest()).isEqualTo(first);
    });
  }

  private byte[] changedFirst() {
    try {
      var files = de.citycloud.platform.procedure.pack.PackageFiles.parkausweis()
          .replace("manifest.json", "\"ludwigsburg\"", "\"" + origin.slug() + "\"")
          .replace("manifest.json", "Parken in Ihrer Zone.", "Anders.");
      return de.citycloud.platform.procedure.pack.PackageArchive.pack(files.files());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aChangedKeyIsFollowedAndALostOneIsNot() {
    var first = publish(Versions.first(origin.slug()));
    long id = adopt(first);
    var pinned = CurrentMunicipality.call(adopter, () -> origins.get(id).keyId());
    CurrentMunicipality.run(origin, () -> publisher.changeKey(false));
    var second = publish(Versions.second(origin.slug()));
    CurrentMunicipality.run(adopter, () -> {
      assertThat(origins.check(id)).isEmpty();
      assertThat(origins.get(id).keyId()).isNotEqualTo(pinned);
      assertThat(origins.take(id, second).manifest().version()).hasToString("1.1.0");
    });
    CurrentMunicipality.run(origin, () -> publisher.changeKey(true));
    CurrentMunicipality.run(adopter, () -> {
      assertThat(origins.check(id)).hasValueSatisfying(
          problem -> assertThat(problem.slug()).isEqualTo("index-key-revoked"));
      assertThat(origins.get(id).problem()).contains("must not be trusted");
      origins.trustNeighbour(origin.slug());
      assertThat(origins.check(id)).as("after a person confirmed the new key").isEmpty();
      origins.revoke(id);
      assertProblem("package-not-offered", () -> origins.take(id, second));
    });
  }
}
