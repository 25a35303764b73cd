package de.citycloud.platform.identity;

import java.io.ByteArrayOutputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without JavaScript: keeps cookies, fills in the form token of the page it saw last, follows nothing. */
public final class PageVisitor implements AutoCloseable {
  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies)
      .connectTimeout(Duration.ofSeconds(10)).build();
  private final int port;
  private String formToken = "";

  /** A visitor of the program on {@code port}, signed in nowhere. */
  public PageVisitor(int port) {
    this.port = port;
  }

  /** Opens a page in German. */
  public HttpResponse<String> get(String path) throws Exception {
    return keep(http.send(request(path).build(), HttpResponse.BodyHandlers.ofString()));
  }

  /** Sends a form with the token of the last page. */
  public HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
    var body = fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "_csrf=" + URLEncoder.encode(formToken, StandardCharsets.UTF_8) + "&", ""));
    return keep(http.send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()));
  }

  /** Sends a form with files, each called like its field with the ending {@code .pdf}; a field may have several values. */
  public HttpResponse<String> postFiles(String path, Map<String, List<String>> fields, Map<String, byte[]> files)
      throws Exception {
    var boundary = "----form-of-the-test";
    var body = new ByteArrayOutputStream();
    var all = new LinkedHashMap<>(fields);
    all.put("_csrf", List.of(formToken));
    for (var field : all.entrySet()) {
      for (var value : field.getValue()) {
        body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(boundary, field.getKey(), value).getBytes(StandardCharsets.UTF_8));
      }
    }
    for (var file : files.entrySet()) {
      body.writeBytes(
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
              .formatted(boundary, file.getKey(), file.getKey()).getBytes(StandardCharsets.UTF_8));
      body.writeBytes(file.getValue());
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes("--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.US_ASCII));
    return keep(http.send(request(path).header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build(),
        HttpResponse.BodyHandlers.ofString()));
  }

  /** Content of a document. */
  public byte[] download(String path) throws Exception {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
  }

  /** Takes over a session, as somebody who stole its cookie would. */
  void setCookie(String name, String value, String path) {
    var cookie = new java.net.HttpCookie(name, value);
    cookie.setPath(path);
    cookie.setVersion(0);
    cookies.getCookieStore().add(URI.create("http://127.0.0.1:" + port), cookie);
  }

  /** Value of a cookie; empty if there is none. */
  String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream().filter(cookie -> cookie.getName().equals(name))
        .map(java.net.HttpCookie::getValue).findFirst().orElse("");
  }

  /** Sends a call that no form can make. */
  HttpResponse<String> send(String method, String path) throws Exception {
    return keep(http.send(request(path).header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.ofString()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(60))
        .header("Accept", "text/html").header("Accept-Language", "de");
  }

  private HttpResponse<String> keep(HttpResponse<String> answer) {
    var token = FORM_TOKEN.matcher(answer.body());
    if (token.find()) {
      formToken = token.group(1);
    }
    return answer;
  }

  @Override
  public void close() {
    http.close();
  }
}
