package de.citycloud.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** F13: bodies, headers and connections beyond all measure. */
class RequestSizeTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApiKeys keys;
  private String key = "";

  @BeforeEach
  void town() {
    var town = municipalities.ensure("size-town", "Großstadt", 9, 48, false);
    key = CurrentMunicipality.call(town, () -> keys.create("size", Scope.WRITE, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/size-town/sta/v1.1/Things", "/size-town/in/unknown", "/size-town/sign-in",
      "/size-town/sta/v1.1/$batch"})
  void aHundredMegabytesAreRefusedWithoutKeepingThem(String path) throws Exception {
    for (boolean announced : new boolean[]{true, false}) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(30_000);
        var out = socket.getOutputStream();
        out.write(
            ("POST %s HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\nContent-Type: application/json\r\n%s\r\n\r\n"
                .formatted(path, key, announced ? "Content-Length: 104857600" : "Transfer-Encoding: chunked"))
                .getBytes(StandardCharsets.US_ASCII));
        if (!announced) {
          sendChunks(out);
        }
        var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertThat(status).as("%s, announced: %s", path, announced).isIn(announced
            ? new String[]{"HTTP/1.1 413"}
            : new String[]{"HTTP/1.1 413", "HTTP/1.1 400", "HTTP/1.1 404", "HTTP/1.1 403"});
      }
    }
  }

  /** Sends up to 100 MB and stops where the server does. */
  private static void sendChunks(java.io.OutputStream out) {
    var chunk = new byte[65_536];
    Arrays.fill(chunk, (byte) ' ');
    try {
      for (int i = 0; i < 1_600; i++) {
        out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(chunk);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // the server has said its word and hung up
    }
  }

  @Test
  void tenThousandHeadersAreRefused() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      var request = new StringBuilder("GET /size-town HTTP/1.1\r\nHost: localhost\r\n");
      for (int i = 0; i < 10_000; i++) {
        request.append("X-").append(i).append(": 1\r\n");
      }
      try {
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // refused while we were still talking
      }
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 431");
    }
  }

  /** Others are served while a thousand callers send a byte now and then. */
  @Tag("long")
  @Test
  void aThousandSlowCallersHoldNobodyUp() throws Exception {
    var before = times(200);
    var slow = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 1_000; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write("GET /size-town HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      var during = times(200);
      System.out.printf("F13: p99 %.1f ms alone, %.1f ms beside 1,000 slow connections%n", before[197] / 1e6,
          during[197] / 1e6);
      assertThat(during).hasSize(200);
    } finally {
      for (var socket : slow) {
        socket.close();
      }
    }
  }

  private long[] times(int calls) throws Exception {
    var times = new long[calls];
    try (var http = HttpClient.newHttpClient()) {
      for (int i = 0; i < calls; i++) {
        long start = System.nanoTime();
        assertThat(http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/size-town/imprint"))
            .build(), HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        times[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(times);
    return times;
  }
}
