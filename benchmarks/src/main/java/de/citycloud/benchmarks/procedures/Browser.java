package de.citycloud.benchmarks.procedures;

import de.citycloud.benchmarks.hub.HttpText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One person's browser without JavaScript: one kept-alive connection, cookies, the form token of the last page. Each comes
 * from a loopback address of its own (127.x.y.z, as Linux has them): people of a town do not share one, and the program
 * limits how many forms one address may send.
 */
final class Browser implements AutoCloseable {
  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final AtomicInteger ADDRESSES = new AtomicInteger();
  private static final String BOUNDARY = "----form-of-the-benchmark";
  private static final int TIMEOUT_MILLIS = 120_000;

  private final int port;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private String formToken = "";
  private String location = "";
  private String body = "";

  Browser(int port) throws IOException {
    this.port = port;
    socket = connect(port);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
  }

  private static Socket connect(int port) throws IOException {
    int number = ADDRESSES.incrementAndGet();
    var from = InetAddress.getByAddress(
        new byte[]{127, (byte) (1 + number / 62_500 % 250), (byte) (number / 250 % 250), (byte) (1 + number % 250)});
    var socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  /** The same person from another address, as after a walk through the house. */
  void moveOn() throws IOException {
    socket.close();
    socket = connect(port);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
  }

  /** Opens a page and returns the status. */
  int get(String path) throws IOException {
    return send("GET", path, "", new byte[0]);
  }

  /** Sends a form and returns the status. */
  int post(String path, Map<String, String> fields) throws IOException {
    var all = new LinkedHashMap<>(fields);
    all.put("_csrf", formToken);
    var text = all.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return send("POST", path, "application/x-www-form-urlencoded", text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends a form with files, each called like its field. */
  int postFiles(String path, Map<String, String> fields, Map<String, byte[]> files) throws IOException {
    var all = new LinkedHashMap<>(fields);
    all.put("_csrf", formToken);
    var payload = new ByteArrayOutputStream();
    for (var field : all.entrySet()) {
      payload.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
          .formatted(BOUNDARY, field.getKey(), field.getValue()).getBytes(StandardCharsets.UTF_8));
    }
    for (var file : files.entrySet()) {
      payload.writeBytes("""
                         --%s\r
                         Content-Disposition: form-data; name="%s"; filename="%s.pdf"\r
                         Content-Type: application/pdf\r
                         \r
                         """.formatted(BOUNDARY, file.getKey(), file.getKey()).getBytes(StandardCharsets.UTF_8));
      payload.writeBytes(file.getValue());
      payload.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    payload.writeBytes("--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.US_ASCII));
    return send("POST", path, "multipart/form-data; boundary=" + BOUNDARY, payload.toByteArray());
  }

  /** The last answer's text. */
  String body() {
    return body;
  }

  /** Where the last answer led, without the host; empty if nowhere. */
  String location() {
    return location;
  }

  private int send(String method, String path, String type, byte[] payload) throws IOException {
    var head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(port)
        .append("\r\nAccept: text/html\r\nAccept-Language: de\r\n");
    if (!cookies.isEmpty()) {
      head.append("Cookie: ")
          .append(cookies.entrySet().stream().map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")))
          .append("\r\n");
    }
    if (!type.isEmpty()) {
      head.append("Content-Type: ").append(type).append("\r\nContent-Length: ").append(payload.length).append("\r\n");
    }
    var request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(payload);
    request.writeTo(out);
    out.flush();
    return answer();
  }

  private int answer() throws IOException {
    int status = Integer.parseInt(HttpText.line(in).substring(9, 12));
    int length = 0;
    boolean chunked = false;
    boolean last = false;
    location = "";
    for (var line = HttpText.line(in); !line.isEmpty(); line = HttpText.line(in)) {
      int colon = line.indexOf(':');
      var value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = value.contains("chunked");
        case "connection" -> last = value.equalsIgnoreCase("close");
        case "location" -> location = value.replaceFirst("^https?://[^/]+", "");
        case "set-cookie" -> keep(value.split(";", 2)[0]);
        default -> {
        }
      }
    }
    body = new String(chunked ? HttpText.chunks(in) : in.readNBytes(length), StandardCharsets.UTF_8);
    var token = FORM_TOKEN.matcher(body);
    if (token.find()) {
      formToken = token.group(1);
    }
    if (last) {
      moveOn();
    }
    return status;
  }

  private void keep(String cookie) {
    int equals = cookie.indexOf('=');
    var value = cookie.substring(equals + 1);
    if (value.isEmpty()) {
      cookies.remove(cookie.substring(0, equals));
    } else {
      cookies.put(cookie.substring(0, equals), value);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
