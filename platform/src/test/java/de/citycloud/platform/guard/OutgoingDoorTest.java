package de.citycloud.platform.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F10: addresses that lead into the own network get no connection. A server on loopback counts connections. */
class OutgoingDoorTest {
  private static final byte[] PUBLIC = {(byte) 193, (byte) 196, 1, 1};
  private final AtomicInteger connections = new AtomicInteger();
  private @Nullable ServerSocket server;
  private volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhallo";

  @BeforeEach
  void listen() throws IOException {
    var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server = socket;
    Thread.ofVirtual().start(() -> serve(socket));
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      // loopback in all its spellings
      "http://127.0.0.1/", "http://127.0.0.1:PORT/", "http://127.1/", "http://127.0.1/", "http://0/", "http://0.0.0.0/",
      "http://0.0.0.0:PORT/", "http://localhost/", "http://localhost:PORT/", "http://localhost./", "http://LOCALHOST/",
      "http://127.255.255.254/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/",
      "http://017700000001/", "http://0x7f.1/", "http://127.0.0.01/", "http://127.000.000.001/", "http://[::1]/",
      "http://[::1]:PORT/", "http://[0:0:0:0:0:0:0:1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
      "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
      "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
      // private, shared, link-local, metadata
      "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.255/",
      "http://192.168.1.1/",
      "http://100.64.0.1/", "http://100.127.255.255/", "http://169.254.169.254/latest/meta-data/",
      "http://169.254.0.1/",
      "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fd12:3456:789a::1]/",
      "http://[::ffff:10.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://[fec0::1]/", "http://[64:ff9b:1::1]/",
      // multicast, broadcast, reserved, documentation
      "http://224.0.0.1/", "http://239.255.255.250/", "http://255.255.255.255/", "http://240.0.0.1/",
      "http://[ff02::1]/",
      "http://192.0.2.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://198.18.0.1/", "http://192.0.0.1/",
      "http://[2001:db8::1]/", "http://[100::1]/",
      // other schemes and ports, user names, names without a dot
      "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "jar:http://example.org!/",
      "data:text/plain,x",
      "//127.0.0.1/", "http:///", "http://", "", "javascript:alert(1)", "http://example.org:22/",
      "http://example.org:PORT/",
      "https://example.org:80/", "http://example.org:6379/", "http://user:secret@example.org/",
      "http://example.org@127.0.0.1/",
      "http://127.0.0.1#@example.org/", "http://127.0.0.1\\@example.org/", "http://intranet/", "http://db/",
      "http://exa mple.org/", "http://example.org%00.evil/", "http://[::1", "http://1.2.3/", "http://1.2.3.4.5/"})
  void addressesThatLeadInsideGetNoConnection(String address) {
    var door = new OutgoingDoor(List.of());
    assertThatThrownBy(() -> fetch(door, address.replace("PORT", Integer.toString(port()))))
        .as(address).isInstanceOf(OutgoingRefused.class);
    assertThat(connections).as(address).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:192.168.0.1"})
  void aNameThatPointsInsideGetsNoConnection(String inside) throws Exception {
    var door = door(host -> new InetAddress[]{InetAddress.getByName(inside)});
    assertThatThrownBy(() -> fetch(door, "http://city.example.org/")).isInstanceOf(OutgoingRefused.class)
        .hasMessageContaining("city.example.org");
    assertThat(connections).hasValue(0);
  }

  @Test
  void aNameWithOneAddressInsideAmongPublicOnesGetsNoConnection() {
    var door = door(host -> new InetAddress[]{InetAddress.getByAddress(PUBLIC), InetAddress.getLoopbackAddress()});
    assertThatThrownBy(() -> fetch(door, "http://city.example.org/")).isInstanceOf(OutgoingRefused.class);
    assertThat(connections).hasValue(0);
  }

  /** A name server that says another address the second time: there is no second time. */
  @Test
  void aNameIsAskedOnceAndItsCheckedAddressIsCalled() throws Exception {
    var asked = new AtomicInteger();
    var door = new OutgoingDoor(List.of("rebind.example.org:" + port()),
        host -> new InetAddress[]{asked.getAndIncrement() == 0
            ? InetAddress.getLoopbackAddress()
            : InetAddress.getByName("10.0.0.1")},
        Duration.ofSeconds(10));
    assertThat(fetch(door, "http://rebind.example.org:" + port() + "/")).isEqualTo("hallo");
    assertThat(asked).hasValue(1);
    assertThat(connections).hasValue(1);
  }

  @Test
  void aRedirectInsideIsNotFollowed() {
    answer = "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assertThatThrownBy(() -> fetch(allowing(), address())).isInstanceOf(OutgoingRefused.class)
        .hasMessageContaining("10.0.0.1");
    answer = "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assertThatThrownBy(() -> fetch(allowing(), address())).isInstanceOf(OutgoingRefused.class);
    assertThat(connections).as("the first step of each").hasValue(2);
  }

  @Test
  void redirectsEndAfterThree() {
    answer = "HTTP/1.1 301 Moved\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assertThatThrownBy(() -> fetch(allowing(), address())).isInstanceOf(OutgoingRefused.class)
        .hasMessageContaining("more than 3 times");
    assertThat(connections).hasValue(4);
  }

  @Test
  void whatTheOperatorAllowsIsCalledAndNothingBesides() throws Exception {
    assertThat(fetch(allowing(), address())).isEqualTo("hallo");
    assertThat(connections).hasValue(1);
    assertThatThrownBy(() -> fetch(allowing(), "http://127.0.0.1:1/")).isInstanceOf(OutgoingRefused.class);
    var byName = new OutgoingDoor(List.of("feed.intranet:" + port()),
        host -> new InetAddress[]{InetAddress.getLoopbackAddress()}, Duration.ofSeconds(10));
    assertThat(fetch(byName, "http://feed.intranet:" + port() + "/")).isEqualTo("hallo");
  }

  @Test
  void anAnswerThatIsTooLongOrNeverEndsIsCutOff() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n" + "x".repeat(5000);
    assertThatThrownBy(() -> allowing().fetch(new OutgoingRequest(address(), java.util.Map.of(), 100),
        response -> response.body().readAllBytes())).isInstanceOf(LimitExceeded.class);
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf";
    var hasty = new OutgoingDoor(List.of("127.0.0.1:" + port()), InetAddress::getAllByName, Duration.ofMillis(500));
    assertThatThrownBy(() -> fetch(hasty, address())).isInstanceOf(IOException.class);
  }

  @Test
  void aBodyThatUnpacksToTooMuchIsCutOff() throws Exception {
    var packed = new java.io.ByteArrayOutputStream();
    try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
      for (int i = 0; i < 40; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size()
        + "\r\nConnection: close\r\n\r\n"
        + packed.toString(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> fetch(allowing(), address())).isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("100 times");
  }

  private OutgoingDoor allowing() {
    return new OutgoingDoor(List.of("127.0.0.1:" + port()));
  }

  private static OutgoingDoor door(OutgoingDoor.Resolver resolver) {
    return new OutgoingDoor(List.of(), resolver, Duration.ofSeconds(2));
  }

  private String address() {
    return "http://127.0.0.1:" + port() + "/data.json";
  }

  private int port() {
    return server == null ? 0 : server.getLocalPort();
  }

  private static String fetch(OutgoingDoor door, String address) throws IOException {
    return door.fetch(OutgoingRequest.get(address),
        response -> new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
  }

  private void serve(ServerSocket socket) {
    while (true) {
      try {
        var client = socket.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private void answer(java.net.Socket client) {
    try (client) {
      readHead(client.getInputStream());
      client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      client.getOutputStream().flush();
      if (!answer.contains("Connection: close")) {
        client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()); // until the other side gives up
      }
    } catch (IOException e) {
      // the other side went away
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int end = 0;
    while (end < 4) {
      int b = in.read();
      if (b < 0) {
        return;
      }
      end = b == '\r' || b == '\n' ? end + 1 : 0;
    }
  }
}
