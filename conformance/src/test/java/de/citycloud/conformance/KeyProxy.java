package de.citycloud.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * Hands requests on to the program and adds the API key, since the suite sends none. Nothing else is changed but the
 * address of the program, which the suite must see as that of the proxy.
 */
final class KeyProxy implements AutoCloseable {
  private static final Set<String> HANDED_ON = Set.of("content-type", "accept");

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String target;
  private final String key;

  KeyProxy(int port, String key) throws IOException {
    this.target = "http://127.0.0.1:" + port;
    this.key = key;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handOn);
    server.start();
  }

  /** Scheme, host and port. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handOn(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI())).header("X-API-Key", key)
          .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
      exchange.getRequestHeaders().forEach((name, values) -> {
        if (HANDED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
          values.forEach(value -> request.header(name, value));
        }
      });
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      answer.headers().firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      answer.headers().firstValue("Location")
          .ifPresent(place -> exchange.getResponseHeaders().set("Location", place.replace(target, address())));
      var text = answer.body().replace(target, address()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.statusCode(), text.length == 0 ? -1 : text.length);
      if (text.length > 0) {
        exchange.getResponseBody().write(text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
