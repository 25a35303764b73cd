package de.citycloud.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import de.citycloud.platform.CityTest;
import de.citycloud.platform.hub.mqtt.MqttDoor;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The program as on the network: TLS of its own, a trusted proxy, rates as in production. */
@TestPropertySource(properties = {"server.ssl.certificate=target/city/hardened/cert.pem",
    "server.ssl.certificate-private-key=target/city/hardened/key.pem", "city.proxy.trusted=127.0.0.1",
    "city.mqtt.tls.address=127.0.0.1", "city.mqtt.tls.port=0",
    "city.mqtt.tls.certificate=target/city/hardened/cert.pem",
    "city.mqtt.tls.private-key=target/city/hardened/key.pem", "city.rate-limit.times=1"})
class HardenedTest extends CityTest {
  private static final TestCertificate CERTIFICATE = make();

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApiKeys keys;
  @Autowired
  private MqttDoor mqtt;

  /** Before the program starts: it looks at its address and certificate first of all. */
  private static TestCertificate make() {
    try {
      return TestCertificate.make(Files.createDirectories(Path.of("target", "city", "hardened")));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void town() {
    municipalities.ensure("hard-town", "Wehrstadt", 9, 48, false);
  }

  private HttpResponse<String> call(String method, String path, Map<String, String> headers) throws Exception {
    try (var http = HttpClient.newBuilder().sslContext(CERTIFICATE.trusting()).build()) {
      var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
          .header("Accept", "text/html").method(method, HttpRequest.BodyPublishers.noBody());
      headers.forEach(request::header);
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void pagesComeOverTlsWithSecureCookiesAndStrictTransport() throws Exception {
    var page = call("GET", "/hard-town/sign-in", Map.of());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Strict-Transport-Security").orElse("")).contains("max-age=31536000");
    assertThat(page.headers().allValues("Set-Cookie")).isNotEmpty().allSatisfy(cookie -> assertThat(cookie)
        .startsWith("__Host-").contains("Secure").contains("SameSite=Lax").contains("Path=/").doesNotContain("Domain"));
    assertThat(call("GET", "/hard-town/nowhere", Map.of()).headers().firstValue("Strict-Transport-Security"))
        .as("errors, too").isPresent();
  }

  @Test
  void oldTlsAndPlainHttpAreRefused() throws Exception {
    for (var old : List.of("TLSv1", "TLSv1.1")) {
      try (var socket = (SSLSocket) CERTIFICATE.trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[]{old});
        socket.setSSLParameters(parameters);
        assertThatThrownBy(socket::startHandshake).as(old).isInstanceOf(SSLHandshakeException.class);
      }
    }
    try (var http = HttpClient.newHttpClient()) {
      var plain = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hard-town")).build(),
          HttpResponse.BodyHandlers.ofString());
      assertThat(plain.statusCode()).isEqualTo(400);
      assertThat(plain.body()).doesNotContain("Wehrstadt");
    }
  }

  @Test
  void whoCallsTooOftenWaitsAndOthersDoNot() throws Exception {
    municipalities.ensure("hard-other", "Nachbarstadt", 9, 48, false);
    var from = Map.of("X-Forwarded-For", "198.51.100.7", "X-Forwarded-Proto", "https");
    var codes = new ArrayList<Integer>();
    HttpResponse<String> last = call("GET", "/hard-town/search?q=x", from);
    for (int i = 0; i < 80 && last.statusCode() != 429; i++) {
      codes.add(last.statusCode());
      last = call("GET", "/hard-town/search?q=x", from);
    }
    assertThat(codes).containsOnly(200).hasSizeBetween(60, 75);
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(last.headers().firstValue("Retry-After").orElse("0"))).isBetween(1, 60);
    assertThat(call("HEAD", "/hard-town/search?q=x", from).statusCode()).isEqualTo(429);
    assertThat(call("GET", "/hard-town/search?q=x", Map.of("X-Forwarded-For", "198.51.100.8")).statusCode())
        .as("another address").isEqualTo(200);
    assertThat(call("GET", "/hard-other/search?q=x", from).statusCode()).as("another town").isEqualTo(200);
    assertThat(call("GET", "/hard-town/imprint", from).statusCode()).as("a page without limit").isEqualTo(200);
  }

  @Test
  void aFormSentTooOftenIsRefusedBeforeItIsRead() throws Exception {
    var from = Map.of("X-Forwarded-For", "2001:db8:1:2:3:4:5:6", "X-Forwarded-Proto", "https");
    var codes = new ArrayList<Integer>();
    for (int i = 0; i < 40; i++) {
      codes.add(call("POST", "/hard-town/sign-in", i % 2 == 0
          ? from
          : Map.of("X-Forwarded-For", "2001:db8:1:2::" + i, "X-Forwarded-Proto", "https")).statusCode());
    }
    assertThat(codes.subList(0, 30)).as("without a form token").containsOnly(403);
    assertThat(codes).contains(429);
  }

  @Test
  void gatewaysSpeakMqttOverTls() throws Exception {
    var town = municipalities.getBySlug("hard-town");
    var key = CurrentMunicipality.call(town, () -> keys.create("gateway", Scope.WRITE, null));
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var in = Files.newInputStream(CERTIFICATE.certificate())) {
      trusted.setCertificateEntry("city", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var client = MqttClient.builder().useMqttVersion5().serverHost("127.0.0.1").serverPort(mqtt.securePort())
        .sslConfig(MqttClientSslConfig.builder().trustManagerFactory(trust).hostnameVerifier((host, session) -> true)
            .build())
        .simpleAuth().username("key").password(key.getBytes(StandardCharsets.UTF_8)).applySimpleAuth().buildBlocking();
    assertThat(client.connect().getReasonCode().isError()).isFalse();
    client.disconnect();
  }
}
