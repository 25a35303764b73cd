package de.citycloud.platform.hub.connector.pbw;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.connector.ConnectorContract;
import de.citycloud.platform.hub.source.Connector;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PbwConnectorTest extends ConnectorContract {
  private static final String PLACES = """
                                       {"901":{"objekt":{"name":"Parkhaus Nord","plz":"70000","ort":"Musterstadt","strasse":"Ringstraße 1",
                                         "art_lang":"Parkhaus"},"dynamisch":{"kurzparker_frei":120,"kurzparker_verfuegbar":100},
                                         "position":{"longitude":9.1,"latitude":48.8},"stellplaetze":{"gesamt":150}},
                                        "902":{"objekt":{"name":"Platz Süd"},"dynamisch":{"kurzparker_frei":null,"kurzparker_verfuegbar":null},
                                         "position":{"longitude":9.2,"latitude":48.9},"stellplaetze":{"gesamt":20}}}
                                       """;

  @Override
  protected Connector connector() {
    return new PbwConnector();
  }

  @Override
  protected Map<String, String> recordings() {
    return Map.of("places", PLACES, "live",
        "{\"901\":{\"dynamisch\":{\"kurzparker_frei\":4,\"kurzparker_verfuegbar\":100}}}",
        "cities", "{\"62\":{\"id\":\"62\",\"name\":\"Musterstadt\",\"count_objects\":\"2\"}}");
  }

  @Test
  void moreFreeSpacesThanThereAreIsKeptAndFlagged() throws Exception {
    assertThat(read(PLACES).observations()).containsExactly("901/free=120.0 [above-capacity]");
  }

  @Test
  void aLiveAnswerMentionsCarParksOnly() throws Exception {
    assertThat(read(recording("live")).things()).singleElement().satisfies(thing -> {
      assertThat(thing.sketch()).isTrue();
      assertThat(thing.id()).isEqualTo("901");
    });
  }

  @Test
  void oneBrokenCarParkDoesNotHarmTheNext() throws Exception {
    var found = read(PLACES.replace("120", "\"viele\""));
    assertThat(found.things()).hasSize(2);
    assertThat(found.report().rejected()).singleElement()
        .satisfies(row -> assertThat(row.place()).contains("901").contains("kurzparker_frei"));
  }
}
