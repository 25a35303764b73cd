package de.citycloud.platform.hub.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.hub.connector.ConnectorContract;
import de.citycloud.platform.hub.source.Connector;
import de.citycloud.platform.hub.source.InputRefused;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvConnectorTest extends ConnectorContract {
  private String mapping = "";

  @Override
  protected Connector connector() {
    return new CsvConnector();
  }

  @Override
  protected String mapping() {
    return mapping;
  }

  @Override
  protected Map<String, String> recordings() {
    return Map.of("car parks", """
                               "Name";"OpeningState";"Capacity";"OccupiedSites";"Timestamp"
                               "Mühlplatz";"Geöffnet";106;81;1767225600000
                               "Hof";"Geschlossen";50;60;1767225600000
                               """, "counter", "Datum,Zaehlerstand\n01.06.2026,2375\n02.06.2026,4830\n", "places",
        "id,ort,Kapazität,GEOM\n7,Dietweg,110,POINT (9.19 48.51)\n8,Hegis,,POINT (9.14 48.47)\n", "without header",
        "2026-01-01T00:00:00,5\n2026-01-01T00:15:00,6\n", "across",
        "Name / Date: 2026_01_14;0:00;1:00;2:00;3:00\nMQ1;23;24;4;13;\nMQ2;7;;14;7;\n", "cross-sections",
        "mq_name;tag;stunde;q_kfz;v_kfz\nTE1;01.01.2026;0;12;-1\nTE1;01.01.2026;1;14;63\n");
  }

  @Test
  void carParksTellFreeSpacesEvenIfOnlyTheOccupiedOnesStandThere() throws Exception {
    assertThat(read(recording("car parks")).observations()).containsExactly("Mühlplatz/free=25.0",
        "Mühlplatz/occupied=81.0", "Mühlplatz/state=\"open\"", "Hof/free=-10.0 [negative]",
        "Hof/occupied=60.0 [above-capacity]", "Hof/state=\"closed\"");
  }

  @Test
  void anotherCharsetIsSeenWithoutBeingTold() throws Exception {
    var found = read(recording("car parks").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(found.things().getFirst().id()).isEqualTo("Mühlplatz");
  }

  @Test
  void placesWithoutValuesAreThings() throws Exception {
    var things = read(recording("places")).things();
    assertThat(things).hasSize(2);
    assertThat(things.getFirst().properties()).containsEntry("capacity", 110);
    assertThat(things.getLast().properties()).doesNotContainKey("capacity");
  }

  @Test
  void minusOneSaysThatThereIsNoSpeed() throws Exception {
    assertThat(read(recording("cross-sections")).observations()).containsExactly("TE1/q-kfz=12.0",
        "TE1/q-kfz=14.0", "TE1/v-kfz=63.0");
  }

  @Test
  void aDateStandsForItsDayInBerlin() throws Exception {
    assertThat(read(recording("counter")).times()).startsWith("2026-05-31T22:00:00Z");
  }

  @Test
  void theHourThatDoesNotExistIsRejectedAndTheOneThatComesTwiceIsTwoHours() throws Exception {
    var spring = read("zeit,kfz\n2026-03-29 01:00,1\n2026-03-29 02:00,2\n2026-03-29 03:00,3\n");
    assertThat(spring.times()).containsExactly("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z");
    assertThat(spring.report().rejected()).singleElement()
        .satisfies(row -> assertThat(row.place()).isEqualTo("line 3, column zeit"));
    var autumn = read("zeit,kfz\n2026-10-25 01:00,1\n2026-10-25 02:00,2\n2026-10-25 02:00,3\n2026-10-25 03:00,4\n");
    assertThat(autumn.times()).containsExactly("2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z",
        "2026-10-25T02:00:00Z");
    mapping = "gap: shift";
    assertThat(read("zeit,kfz\n2026-03-29 02:00,2\n").times()).containsExactly("2026-03-29T01:00:00Z");
  }

  @Test
  void aMappingSaysWhatCannotBeGuessed() throws Exception {
    mapping = """
              delimiter: "|"
              charset: ISO-8859-1
              header: false
              skip: 1
              decimal: ","
              missing: ["-99", "leer"]
              zone: UTC
              interval: PT10M
              thing: {id: 1, name: 2, longitude: 3, latitude: 4, kind: air}
              time: {columns: [5, 6], format: "dd.MM.yyyy HH:mm"}
              values:
                - {column: 7, role: no2, unit: "µg/m³"}
                - {column: 8, role: lage, words: true}
              """;
    var found = read(
        "Messstellen von Müller\nA1|Am Tor|9,2|48,9|01.05.2026|10:00|1.021,5|grün\nA1|Am Tor|9,2|48,9|01.05.2026|10:10|-99|leer\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(found.observations()).containsExactly("A1/no2=1021.5", "A1/lage=\"grün\"");
    assertThat(found.times()).containsOnly("2026-05-01T10:00:00Z");
    assertThat(found.report().rejected()).isEmpty();
  }

  @Test
  void aMappingWithAMistakeIsRefusedByName() {
    for (var wrong : new String[]{"delimitr: ;", "decimal: [1]", "thing: {id: nirgends}",
        "zone: Mond\ntime: {columns: 1}",
        "values: [{role: x}]", "interval: bald", "skip: viele", "- 1", "a: b: c", "time: {columns: 1, format: pppp}"}) {
      mapping = wrong;
      assertThatThrownBy(() -> read("a,b\n1,2\n")).as(wrong).isInstanceOf(InputRefused.class);
    }
  }

  @Test
  void aRowThatIsTooShortOrHoldsWordsIsRejectedWithItsLine() throws Exception {
    mapping = "thing: {id: id}\ntime: {columns: zeit}\nvalues: [{column: co2}]";
    var found = read(
        "id,zeit,co2\nA,2026-05-01T10:00:00Z,500\nA\nA,gestern,500\nA,2026-05-01T10:10:00Z,viel\nA,2026-05-01T10:20:00Z,\n");
    assertThat(found.observations()).containsExactly("A/co2=500.0");
    assertThat(found.report().rejected()).extracting(row -> row.place()).containsExactly("line 3",
        "line 4, column zeit", "line 5, column co2");
  }
}
