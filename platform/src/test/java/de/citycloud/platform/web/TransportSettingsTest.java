package de.citycloud.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class TransportSettingsTest {
  private static MockEnvironment settings(String... pairs) {
    var environment = new MockEnvironment();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.setProperty(pairs[i], pairs[i + 1]);
    }
    new TransportSettings().postProcessEnvironment(environment, new SpringApplication());
    return environment;
  }

  @Test
  void onThisComputerAloneItSpeaksPlainHttp() {
    assertThat(settings().getProperty("server.servlet.session.cookie.secure")).isNull();
    assertThat(settings("server.address", "::1").getProperty("server.forward-headers-strategy")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "2001:db8::7", "", "no.such.host.invalid"})
  void itDoesNotStartReadableOnTheNetworkAndSaysWhatToDo(String address) {
    assertThatThrownBy(() -> settings("server.address", address)).isInstanceOf(UnsafeTransport.class)
        .hasMessageContaining(address).hasMessageContaining("server.ssl.certificate")
        .hasMessageContaining("city.proxy.trusted");
    assertThatThrownBy(() -> settings("city.mqtt.address", address)).isInstanceOf(UnsafeTransport.class)
        .hasMessageContaining("MQTT").hasMessageContaining("city.mqtt.tls.certificate");
    assertThatThrownBy(() -> settings("server.address", address, "server.ssl.certificate", "cert.pem",
        "server.ssl.enabled", "false")).isInstanceOf(UnsafeTransport.class);
    assertThat(new UnsafeTransportAnalyzer().analyze(new UnsafeTransport("words"))).isNotNull()
        .satisfies(analysis -> assertThat(analysis.getDescription()).isEqualTo("words"));
  }

  @Test
  void aCertificateBringsNewTlsAndSecureCookies() {
    var environment = settings("server.address", "0.0.0.0", "server.ssl.certificate", "cert.pem");
    assertThat(environment.getProperty("server.ssl.enabled-protocols")).isEqualTo("TLSv1.3,TLSv1.2");
    assertThat(environment.getProperty("server.servlet.session.cookie.name")).isEqualTo("__Host-city");
  }

  @Test
  void aTrustedProxyIsBelievedAndNobodyElse() {
    var environment = settings("server.address", "0.0.0.0", "city.proxy.trusted", "10.0.0.5,2001:db8::5");
    var trusted = environment.getProperty("server.tomcat.remoteip.internal-proxies", "");
    assertThat("10.0.0.5").matches(trusted);
    assertThat("2001:db8:0:0:0:0:0:5").matches(trusted);
    assertThat("10.0.0.50").doesNotMatch(trusted);
    assertThat("10x0.0.5").doesNotMatch(trusted);
    assertThatThrownBy(() -> settings("server.address", "0.0.0.0", "city.proxy.trusted", "10.0.0.0/8"))
        .isInstanceOf(UnsafeTransport.class).hasMessageContaining("10.0.0.0/8");
  }
}
