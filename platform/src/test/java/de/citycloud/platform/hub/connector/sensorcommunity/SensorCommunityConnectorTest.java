package de.citycloud.platform.hub.connector.sensorcommunity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.connector.ConnectorContract;
import de.citycloud.platform.hub.source.Connector;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensorCommunityConnectorTest extends ConnectorContract {
  private static final String LIST = """
                                     [{"id":1,"timestamp":"2026-05-01 07:51:12","location":{"id":71,"latitude":"48.9","longitude":"9.19","exact_location":0},
                                       "sensor":{"id":21,"sensor_type":{"name":"SDS011"}},
                                       "sensordatavalues":[{"value":"19.13","value_type":"P1"},{"value":"16.23","value_type":"P2"}]},
                                      {"id":2,"timestamp":"2026-05-01 07:51:13","location":{"id":71,"latitude":"48.9","longitude":"9.19","exact_location":0},
                                       "sensor":{"id":22,"sensor_type":{"name":"DHT22"}},
                                       "sensordatavalues":[{"value":"76.70","value_type":"humidity"},{"value":"18.80","value_type":"temperature"}]}]
                                     """;

  @Override
  protected Connector connector() {
    return new SensorCommunityConnector();
  }

  @Override
  protected Map<String, String> recordings() {
    return Map.of("list", LIST, "posted",
        """
        {"esp8266id":"123","software_version":"NRZ-2020","sensordatavalues":[{"value_type":"SDS_P1","value":"7.2"},
         {"value_type":"BME280_temperature","value":"3.1"}]}
        """);
  }

  @Test
  void textsBecomeNumbersAndTimesAreUtc() throws Exception {
    var found = read(LIST);
    assertThat(found.observations()).containsExactly("71/21:pm10=19.13", "71/21:pm25=16.23", "71/22:humidity=76.7",
        "71/22:temperature=18.8");
    assertThat(found.times()).startsWith("2026-05-01T07:51:12Z");
    assertThat(found.things().getFirst().properties()).containsEntry("accuracy", "approximate");
  }

  @Test
  void aSensorThatPostsItselfIsAsOldAsItsMessage() throws Exception {
    var found = read(recording("posted"));
    assertThat(found.observations()).containsExactly("esp8266-123/pm10=7.2", "esp8266-123/temperature=3.1");
    assertThat(found.times()).containsOnly(RECEIVED.toString());
  }

  @Test
  void aValueThatIsNoNumberIsRejectedAndTheOthersAreKept() throws Exception {
    var found = read(LIST.replace("19.13", "nan"));
    assertThat(found.observations()).hasSize(3);
    assertThat(found.report().rejected()).singleElement()
        .satisfies(row -> assertThat(row.place()).isEqualTo("element 1 (line 1), value 1"));
  }
}
