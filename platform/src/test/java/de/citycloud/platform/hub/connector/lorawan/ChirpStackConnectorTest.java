package de.citycloud.platform.hub.connector.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.connector.ConnectorContract;
import de.citycloud.platform.hub.source.Connector;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChirpStackConnectorTest extends ConnectorContract {
  private static final String UPLINK = """
                                       {"time":"2026-05-01T08:00:00.5+00:00","deviceInfo":{"devEui":"2CF7F1C000000001","deviceName":"Dach",
                                        "applicationName":"wetter"},"fCnt":7,"fPort":3,"data":"SgA=","object":{"valid":true,"payload":"4A00",
                                        "messages":[[{"measurementValue":24.4,"type":"Air Temperature"},{"measurementValue":4.1,"type":"Wind Speed"}]]},
                                        "rxInfo":[{"rssi":-94,"snr":8.0}]}
                                       """;

  @Override
  protected Connector connector() {
    return new ChirpStackConnector();
  }

  @Override
  protected Map<String, String> recordings() {
    return Map.of("uplink", UPLINK);
  }

  @Test
  void whatTheCodecFoundBecomesDatastreams() throws Exception {
    assertThat(read(UPLINK).observations()).containsExactly("2cf7f1c000000001/valid=true",
        "2cf7f1c000000001/air-temperature=24.4", "2cf7f1c000000001/wind-speed=4.1",
        "2cf7f1c000000001/decoded-payload=\"4A00\"", "2cf7f1c000000001/payload=\"SgA=\"", "2cf7f1c000000001/rssi=-94.0",
        "2cf7f1c000000001/snr=8.0");
  }
}
