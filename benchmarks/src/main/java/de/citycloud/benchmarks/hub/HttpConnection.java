package de.citycloud.benchmarks.hub;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive HTTP/1.1 connection to this machine, as thin as possible so that the client costs little. */
final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final int port;
  private final String headers;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private byte[] body = new byte[0];

  HttpConnection(int port, String key) throws IOException {
    this.port = port;
    headers = " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nX-API-Key: " + key + "\r\n";
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
    configure();
  }

  private void configure() throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  /** Sends GET and returns the status; the body is then {@link #body()}. */
  int get(String path) throws IOException {
    return send(("GET " + path + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends POST with JSON and returns the status. */
  int post(String path, String json) throws IOException {
    var payload = json.getBytes(StandardCharsets.UTF_8);
    var head = ("POST " + path + headers + "Content-Type: application/json\r\nContent-Length: " + payload.length
        + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    var request = new byte[head.length + payload.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(payload, 0, request, head.length, payload.length);
    return send(request);
  }

  /** Body of the last answer. */
  String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private int send(byte[] request) throws IOException {
    out.write(request);
    out.flush();
    int status = Integer.parseInt(HttpText.line(in).substring(9, 12));
    int length = 0;
    boolean chunked = false;
    boolean last = false;
    for (var line = HttpText.line(in); !line.isEmpty(); line = HttpText.line(in)) {
      var header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
      chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
      last |= header.startsWith("connection:") && header.contains("close");
    }
    body = chunked ? HttpText.chunks(in) : in.readNBytes(length);
    if (last) {
      socket.close();
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      out = socket.getOutputStream();
      configure();
    }
    return status;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
