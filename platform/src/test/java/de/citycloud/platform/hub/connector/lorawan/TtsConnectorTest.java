package de.citycloud.platform.hub.connector.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.connector.ConnectorContract;
import de.citycloud.platform.hub.source.Connector;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TtsConnectorTest extends ConnectorContract {
  private static final String RAW = """
                                    {"end_device_ids":{"device_id":"bay-17","dev_eui":"70B3D57ED00000AA","application_ids":{"application_id":"parken"}},
                                     "received_at":"2026-05-01T07:59:59.9Z","uplink_message":{"f_port":1,"f_cnt":12,"frm_payload":"AQ==",
                                     "rx_metadata":[{"rssi":-90,"snr":2.5},{"rssi":-70,"snr":9}],"received_at":"2026-05-01T07:59:59.123456789Z"}}
                                    """;
  private static final String SOIL = "{\"result\":{\"end_device_ids\":{\"device_id\":\"soil\"},\"uplink_message\":{\"frm_payload\":\"DTg=\",\"decoded_payload\":"
      + "{\"Bat\":\"3.384 V\",\"temp_SOIL\":\"30.11 °C\",\"water_SOIL\":\"0.00 %\",\"conduct_SOIL\":161,\"state\":\"dry\",\"alarm\":false},\"received_at\":\"2026-05-01T07:00:00Z\"}}}\n";

  @Override
  protected Connector connector() {
    return new TtsConnector();
  }

  @Override
  protected Map<String, String> recordings() {
    return Map.of("webhook", RAW, "storage", SOIL + SOIL.replace("07:00", "07:20"));
  }

  @Test
  void anUndecodedMessageKeepsItsPayloadAndTheBestSignal() throws Exception {
    assertThat(read(RAW).observations()).containsExactly("70b3d57ed00000aa/payload=\"AQ==\"",
        "70b3d57ed00000aa/rssi=-70.0", "70b3d57ed00000aa/snr=9.0");
  }

  @Test
  void valuesWithUnitsBecomeNumbersAndALeftOutFrameCounterIsZero() throws Exception {
    var found = read(SOIL);
    assertThat(found.observations()).containsExactly("soil/bat=3.384", "soil/temp-soil=30.11", "soil/water-soil=0.0",
        "soil/conduct-soil=161.0", "soil/state=\"dry\"", "soil/alarm=false", "soil/payload=\"DTg=\"");
    assertThat(found.things()).allSatisfy(thing -> assertThat(thing.properties()).containsEntry("kind", "soil"));
  }

  @Test
  void aBrokenLineDoesNotHarmTheOthers() throws Exception {
    var found = read(SOIL + "{\"result\":{\n" + "[".repeat(10_000) + "\n" + SOIL);
    assertThat(found.report().rejected()).hasSize(2);
    assertThat(found.report().observations()).isEqualTo(14);
  }

  @Test
  void aMessageThatIsNoUplinkIsRejectedWithAdvice() throws Exception {
    var found = read("{\"end_device_ids\":{\"device_id\":\"x\"},\"join_accept\":{}}");
    assertThat(found.report().rejected()).singleElement()
        .satisfies(row -> assertThat(row.reason()).contains("uplink_message").contains("Maybe"));
  }
}
