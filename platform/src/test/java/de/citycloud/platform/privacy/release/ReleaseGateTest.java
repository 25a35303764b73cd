package de.citycloud.platform.privacy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.privacy.CoarsePlace;
import de.citycloud.platform.privacy.CountTable;
import de.citycloud.platform.privacy.ReleaseGate;
import de.citycloud.platform.privacy.ReleaseGate.Cell;
import de.citycloud.platform.privacy.ReleasePolicy;
import de.citycloud.platform.privacy.StatisticalDataset;
import de.citycloud.platform.problem.CityProblem;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReleaseGateTest extends CityTest {
  private static final CountTable TABLE = new CountTable(List.of("north", "south"), List.of("a", "b"),
      new long[][]{{2, 18}, {9, 22}});

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApplicationContext program;
  @Autowired
  private ReleaseGate gate;
  @Autowired
  private JdbcClient jdbc;

  @Test
  void theStewardSeesWhatWouldBeMissingAndWhyAndThePublicGetsWhatWasReleased() throws Exception {
    var town = municipalities.ensure("release-pages", "Musterstadt", 9, 48, false);
    requests(town, "correction", 7);
    requests(town, "erasure", 2);
    requests(town, "other", 6);
    try (var steward = TestStaff.signIn(program, port, town, Role.DATA_STEWARD); var visitor = new PageVisitor(port)) {
      assertThat(visitor.get("/release-pages/releases").statusCode()).isEqualTo(302);
      assertThat(visitor.get("/release-pages/data/statistics/privacy-requests.csv").statusCode()).isEqualTo(404);
      assertThat(steward.get("/release-pages/releases").body()).contains("noch nie freigegeben");
      var preview = steward.get("/release-pages/releases/privacy-requests").body();
      assertThat(preview).contains("zu wenige").contains("verdeckt mit").contains("Warum Zahlen fehlen");
      assertThat(visitor.get("/release-pages/data/statistics/privacy-requests.csv").statusCode())
          .as("a preview releases nothing").isEqualTo(404);

      assertThat(steward.post("/release-pages/releases/privacy-requests", Map.of()).statusCode()).isEqualTo(302);
      var before = visitor.get("/release-pages/data/statistics/privacy-requests.csv");
      assertThat(before.statusCode()).isEqualTo(200);
      assertThat(before.body()).contains("\".\"").doesNotContain("\"2\"").contains("Summe");
      requests(town, "erasure", 1);
      assertThat(visitor.get("/release-pages/data/statistics/privacy-requests.csv").body())
          .as("the release stands: two counts of two moments would tell who came between").isEqualTo(before.body());
      assertThat(visitor.get("/release-pages/data/statistics").body()).contains("privacy-requests.csv");
      assertThat(CurrentMunicipality.call(town,
          () -> jdbc.sql("select cells::text from released_statistic").query(String.class).single()))
          .as("what was suppressed is not even kept").doesNotContain("[2,").doesNotContain(", 2,");
    }
  }

  @Test
  void roundingAndNoiseChangeWhatIsPublishedAndSuppressionStays() {
    var rounded = ReleaseGate.make(TABLE, new ReleasePolicy(5, 5, 0));
    assertThat(rounded.cells().get(2).get(2)).isEqualTo(new Cell.Published(50));
    assertThat(rounded.cells().get(0).get(0)).isEqualTo(new Cell.TooFew());
    var exact = ReleaseGate.make(TABLE, ReleasePolicy.USUAL);
    assertThat(exact.cells().get(2).get(2)).isEqualTo(new Cell.Published(51));
    assertThat(exact.suppressed()).isEqualTo(rounded.suppressed()).isGreaterThan(1);
    boolean moved = false;
    for (int seed = 0; seed < 20; seed++) {
      var noisy = ReleaseWork.make(TABLE, new ReleasePolicy(5, 1, 0.5), new SplittableRandom(seed));
      assertThat(noisy.cells().get(0).get(0)).isEqualTo(new Cell.TooFew());
      moved |= !noisy.cells().get(2).get(2).equals(new Cell.Published(51));
    }
    assertThat(moved).isTrue();
  }

  @Test
  void noiseIsPaidFromAYearlyBudget() {
    var town = municipalities.ensure("release-budget", "Ort", 9, 48, false);
    var noisy = new StatisticalDataset() {
      @Override
      public String key() {
        return "noisy";
      }

      @Override
      public String activity() {
        return "person-rights";
      }

      @Override
      public CountTable count() {
        return TABLE;
      }

      @Override
      public ReleasePolicy policy() {
        return new ReleasePolicy(5, 1, 1);
      }
    };
    CurrentMunicipality.run(town, () -> {
      gate.release(noisy); // 4 of 10: a person is in a cell, two sums and the sum of all
      gate.release(noisy);
      gate.preview(noisy);
      assertThatThrownBy(() -> gate.release(noisy)).isInstanceOf(CityProblem.class).hasMessageContaining("in a year");
      assertThat(jdbc.sql("select count(*) from released_statistic").query(Integer.class).single()).isEqualTo(2);
    });
  }

  @Test
  void aHomeBecomesACellOfAGrid() {
    var home = CoarsePlace.of(9.18912, 48.89731, 500);
    assertThat(CoarsePlace.of(9.18913, 48.89732, 500)).as("its neighbour").isEqualTo(home);
    assertThat(CoarsePlace.of(home.longitude(), home.latitude(), 500)).as("the centre lies in its cell")
        .isEqualTo(home);
    assertThat(home.longitude()).isNotEqualTo(9.18912).isBetween(9.18, 9.20);
    assertThat(CoarsePlace.of(9.21, 48.91, 500)).isNotEqualTo(home);
    assertThatThrownBy(() -> CoarsePlace.of(9, 48, 10)).hasMessageContaining("metres is 10");
  }

  private void requests(Municipality town, String kind, int persons) {
    CurrentMunicipality.run(town, () -> {
      int from = jdbc.sql("select count(*) from privacy_request").query(Integer.class).single();
      for (int i = 0; i < persons; i++) {
        jdbc.sql("""
                 insert into privacy_request (municipality_id, reference, person, kind, words, due_at)
                 values (?, ?, ?, ?, '\\x00', now() + interval '1 month')
                 """).params(town.id(), "T-" + (from + i), "test:" + (from + i), kind).update();
      }
    });
  }
}
