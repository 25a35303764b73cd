package de.citycloud.platform.procedure.apply;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.DemoProceduresReady;
import de.citycloud.platform.procedure.adoption.ShippedProcedures;
import de.citycloud.platform.municipality.Municipality;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each service of a demo town has something to work on, once. */
class DemoApplicationsTest extends CityTest {
  @Autowired
  private DemoApplications applications;
  @Autowired
  private ShippedProcedures shipped;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private JdbcClient jdbc;

  @Test
  void everyServiceOfBothDemoTownsHasApplicationsOnce() {
    var ludwigsburg = municipalities.ensure("ludwigsburg", "Ludwigsburg", 9.19, 48.9, true);
    var heilbronn = municipalities.ensure("heilbronn", "Heilbronn", 9.22, 49.14, true);
    shipped.offer();
    var start = OffsetDateTime.now();
    for (var town : List.of(ludwigsburg, heilbronn)) {
      shipped.adoptDemo(town);
      var before = applications(town);
      applications.apply(new DemoProceduresReady(town));
      var once = applications(town);
      applications.apply(new DemoProceduresReady(town));
      assertThat(applications(town)).isEqualTo(once);
      CurrentMunicipality.run(town, () -> {
        for (var key : shipped.listKeys()) {
          assertThat(once.getOrDefault(key, 0L) - before.getOrDefault(key, 0L)).as(town.slug() + " " + key).isBetween(
              1L,
              4L);
        }
        assertThat(jdbc.sql("select count(*) from outgoing_message where created_at > ?").param(start)
            .query(Integer.class).single()).as("nobody is written to").isZero();
      });
    }
  }

  private Map<String, Long> applications(Municipality town) {
    return CurrentMunicipality.call(town, () -> jdbc.sql("select procedure, count(*) from case_file group by procedure")
        .query((row, number) -> Map.entry(row.getString(1), row.getLong(2))).list().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
