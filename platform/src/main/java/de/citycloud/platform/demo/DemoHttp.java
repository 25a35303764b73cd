package de.citycloud.platform.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's HTTP client: SensorThings and webhooks of one municipality, with its key. */
final class DemoHttp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(5)).build();
  private final String base;
  private final String key;

  /** @param base address of the municipality, for example {@code http://127.0.0.1:8080/ludwigsburg} */
  DemoHttp(String base, String key) {
    this.base = base;
    this.key = key;
  }

  /** The first entity that the query finds; missing node if none. */
  JsonNode findFirst(String entitySet, String filter, String expand) throws IOException, InterruptedException {
    var query = "?$top=1&$filter=" + encode(filter) + (expand.isEmpty() ? "" : "&$expand=" + encode(expand));
    var answer = send(HttpRequest.newBuilder(URI.create(base + "/sta/v1.1/" + entitySet + query)).GET());
    return JsonMapper.shared().readTree(answer.body()).path("value").path(0);
  }

  /** Creates an entity and returns its id. */
  int create(String entitySet, JsonNode entity) throws IOException, InterruptedException {
    var answer = post("/sta/v1.1/" + entitySet, "application/json", entity.toString());
    return JsonMapper.shared().readTree(answer.body()).path("@iot.id").asInt();
  }

  /** Sends a body to a door of the municipality. */
  HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = client.send(request.timeout(PATIENCE).header("X-API-Key", key).build(),
        HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 503) {
      var pause = answer.headers().firstValue("Retry-After").map(Integer::parseInt).map(OptionalInt::of)
          .orElse(OptionalInt.of(1));
      throw new IOException("The hub is busy and asks to come back in " + pause.getAsInt() + " s");
    }
    if (answer.statusCode() >= 300) {
      var body = answer.body();
      throw new IOException(
          answer.request().uri() + " answered " + answer.statusCode() + ": "
              + body.substring(0, Math.min(300, body.length())));
    }
    return answer;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
