package de.citycloud.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class OpenDoorsTest {
  private static MockEnvironment with(Map<String, String> properties) {
    var environment = new MockEnvironment();
    properties.forEach(environment::setProperty);
    return environment;
  }

  @Test
  void onThisComputerAloneNothingIsAsked() {
    for (var address : new String[]{"127.0.0.1", "::1", "localhost", "127.8.9.10"}) {
      assertThatCode(() -> OpenDoors.check(with(Map.of("server.address", address, "city.mqtt.address", address))))
          .as(address).doesNotThrowAnyException();
    }
  }

  @Test
  void inClearTextNoDoorIsOpenedToANetworkAndTheRefusalSaysWhatToSet() {
    for (var address : new String[]{"0.0.0.0", "::", "192.0.2.7", "", "no.such.host.invalid"}) {
      assertThatThrownBy(() -> OpenDoors.check(with(Map.of("server.address", address)))).as(address)
          .isInstanceOf(OpenDoors.ClearTextDoor.class).hasMessageContaining("HTTP").hasMessageContaining(address);
    }
    assertThatThrownBy(() -> OpenDoors.check(with(Map.of("city.mqtt.address", "0.0.0.0"))))
        .hasMessageContaining("MQTT").hasMessageContaining("city.mqtt.address");
    var told = new StartFailures().analyze(new IllegalStateException(new OpenDoors.ClearTextDoor("What", "Advice")));
    assertThat(told).isNotNull().satisfies(analysis -> assertThat(analysis.getAction()).isEqualTo("Advice"));
  }

  @Test
  void aProxyOrACertificateOpensIt() {
    assertThatCode(() -> OpenDoors.check(with(Map.of("server.address", "0.0.0.0", "city.mqtt.address", "0.0.0.0",
        "city.behind-proxy", "true")))).doesNotThrowAnyException();
    var certificate = Map.of("server.address", "0.0.0.0", "server.ssl.certificate", "file:city.pem");
    assertThatCode(() -> OpenDoors.check(with(certificate))).doesNotThrowAnyException();
    assertThatThrownBy(() -> OpenDoors.check(with(Map.of("server.address", "0.0.0.0", "server.ssl.certificate",
        "file:city.pem", "server.ssl.enabled", "false")))).isInstanceOf(OpenDoors.ClearTextDoor.class);
    assertThatThrownBy(() -> OpenDoors.check(with(Map.of("server.address", "0.0.0.0", "server.ssl.certificate",
        "file:city.pem", "city.mqtt.address", "0.0.0.0")))).as("MQTT has none yet").hasMessageContaining("MQTT");
  }
}
