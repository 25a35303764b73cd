package de.citycloud.platform.hub.sensorthings;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the service stands, as its caller sees it, and what was asked for behind it.
 *
 * @param url absolute, without a slash at the end: {@code http://127.0.0.1:8080/ludwigsburg/sta/v1.1}
 * @param path behind it, percent-encoding undone: {@code Things(1)/Datastreams}
 */
record ServiceRoot(String url, String path) {
  private static final String VERSION = "/v1.1";

  /**
   * Of a request.
   *
   * @param publicUrl scheme, host and port that the world sees ({@code city.public-url}); empty: those of the request
   */
  static ServiceRoot of(HttpServletRequest request, String publicUrl) {
    var uri = request.getRequestURI();
    int end = uri.indexOf(VERSION) + VERSION.length();
    return new ServiceRoot((publicUrl.isEmpty() ? origin(request) : publicUrl) + uri.substring(0, end),
        decode(uri.substring(end)));
  }

  private static String origin(HttpServletRequest request) {
    int port = request.getServerPort();
    boolean usual = port == (request.getScheme().equals("https") ? 443 : 80);
    return request.getScheme() + "://" + request.getServerName() + (usual ? "" : ":" + port);
  }

  /** Undoes the percent-encoding of a path. */
  static String decode(String path) {
    try {
      // In a path a plus is a plus.
      return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw SensorThingsProblem.badRequest("The path has a broken percent-encoding, expected %XX.");
    }
  }
}
