package de.citycloud.platform.procedure.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.exchange.Origins;
import de.citycloud.platform.procedure.rules.Assessment;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The packages of the program, offered by Ludwigsburg, adopted by Ludwigsburg and Heilbronn with their own values. */
class ShippedProceduresTest extends CityTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Map<String, Object> PERMIT = Map.of("applicationKind", "new", "permitMonths", "12", "residence",
      "main", "privateParking", "no", "holder", "self");

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ShippedProcedures shipped;
  @Autowired
  private Procedures procedures;
  @Autowired
  private Origins origins;
  @Autowired
  private ProcedureRules rules;

  private Assessment assess(Municipality town, LocalDateTime local, Map<String, Object> more) {
    var answers = new HashMap<>(PERMIT);
    answers.putAll(more);
    return CurrentMunicipality.call(town, () -> rules.assess(
        procedures.find("bewohnerparkausweis", local.atZone(ZONE).toInstant()).orElseThrow(), answers, local));
  }

  @Test
  void bothTownsAdoptThemWithTheirOwnValuesAndAllExampleCasesPass() {
    var ludwigsburg = municipalities.ensure("ludwigsburg", "Ludwigsburg", 9.19, 48.9, true);
    var heilbronn = municipalities.ensure("heilbronn", "Heilbronn", 9.22, 49.14, true);
    for (int twice = 0; twice < 2; twice++) {
      shipped.offer();
      shipped.adoptDemo(ludwigsburg);
      shipped.adoptDemo(heilbronn);
    }
    assertThat(shipped.listKeys()).contains("bewohnerparkausweis");
    for (var town : java.util.List.of(ludwigsburg, heilbronn)) {
      CurrentMunicipality.run(town, () -> {
        var offered = procedures.listOffered(Instant.now());
        assertThat(offered).extracting(procedure -> procedure.key()).as(town.name()).contains("bewohnerparkausweis");
        for (var procedure : offered) {
          var examples = rules.runExamples(procedure);
          assertThat(examples).as(procedure.key()).isNotEmpty();
          assertThat(examples).as("%s in %s", procedure.key(), town.name())
              .allSatisfy(example -> assertThat(example.failures()).as(example.name()).isEmpty());
        }
      });
    }
    CurrentMunicipality.run(heilbronn, () -> assertThat(origins.listAll()).singleElement()
        .satisfies(origin -> assertThat(origin.name()).isEqualTo("Ludwigsburg")));

    var december = LocalDateTime.of(2026, 12, 1, 20, 15);
    assertThat(assess(heilbronn, december, Map.of("parkingZone", "16")).fee()).isEqualByComparingTo("10.20");
    assertThat(assess(heilbronn, december, Map.of("parkingZone", "1")).fee()).isEqualByComparingTo("30.70");
    assertThat(assess(ludwigsburg, december, Map.of("parkingZone", "1")).fee()).isEqualByComparingTo("120.00");
    var renewal = assess(ludwigsburg, december, Map.of("parkingZone", "1", "applicationKind", "renewal", "validUntil",
        LocalDate.of(2027, 2, 9)));
    assertThat(renewal.eligible()).as("ten weeks before").isFalse();
    assertThat(renewal.values().values()).as("possible eight weeks before").contains(LocalDate.of(2026, 12, 15));
    assertThat(assess(ludwigsburg, LocalDateTime.of(2026, 12, 31, 23, 59), Map.of("parkingZone", "1")).fee())
        .isEqualByComparingTo("120.00");
    assertThat(assess(ludwigsburg, LocalDateTime.of(2027, 1, 1, 0, 0), Map.of("parkingZone", "1")).fee())
        .isEqualByComparingTo("132.00");
  }
}
