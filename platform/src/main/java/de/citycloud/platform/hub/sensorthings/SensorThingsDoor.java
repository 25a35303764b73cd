package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.problem.CityProblem;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where SensorThings is spoken over HTTP. A filter right behind sign-in rather than a controller: the way through
 * Spring MVC costs more than most answers (docs/performance.md). Refusals leave in the error form of the standard; what
 * is no refusal goes on to where the errors of all doors are told.
 */
@Component
@Order(SensorThingsDoor.BEHIND_SIGN_IN)
class SensorThingsDoor implements Filter {
  /** Spring Security stands at -100. */
  static final int BEHIND_SIGN_IN = -50;
  private static final String METHODS = "GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS";
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final Reads reads;
  private final SensorThingsWrite writes;
  private final SensorThingsProperties properties;

  SensorThingsDoor(Reads reads, SensorThingsWrite writes, SensorThingsProperties properties) {
    this.reads = reads;
    this.writes = writes;
    this.properties = properties;
  }

  /** Whether {@code path} is {@code /v1.1…} or {@code /{municipality}/sta/v1.1…}. */
  static boolean isOurs(String path) {
    int second = path.indexOf('/', 1);
    int version = path.startsWith("/v1.1") ? 0 : second > 0 && path.startsWith("/sta/v1.1", second) ? second + 4 : -1;
    int end = version + "/v1.1".length();
    return version >= 0 && (path.length() == end || path.charAt(end) == '/');
  }

  @Override
  public void doFilter(ServletRequest asked, ServletResponse answered, FilterChain chain)
      throws IOException, ServletException {
    if (asked instanceof HttpServletRequest request && answered instanceof HttpServletResponse response
        && isOurs(request.getRequestURI())) {
      send(reply(request, response), response);
    } else {
      chain.doFilter(asked, answered);
    }
  }

  private Reply reply(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      return switch (request.getMethod()) {
        case "GET", "HEAD" -> reads.get(ServiceRoot.of(request, properties.publicUrl()), request.getQueryString());
        case "POST" -> writes.create(request);
        case "PATCH" -> writes.merge(request);
        case "PUT" -> writes.replace(request);
        case "DELETE" -> writes.delete(request);
        case "OPTIONS" -> {
          response.setHeader(HttpHeaders.ALLOW, METHODS);
          yield Reply.empty(HttpStatus.OK);
        }
        default -> {
          response.setHeader(HttpHeaders.ALLOW, METHODS);
          throw Writes.notAllowed("The method is %s, expected one of %s.".formatted(request.getMethod(), METHODS),
              "Maybe you mean GET.");
        }
      };
    } catch (CityProblem problem) {
      var wait = problem.details().get("retryAfterSeconds");
      if (wait != null) {
        response.setHeader(HttpHeaders.RETRY_AFTER, wait.toString());
      }
      return Reply.json(problem.status(),
          MAPPER.writeValueAsBytes(error(problem.status(), String.valueOf(problem.getMessage()))));
    }
  }

  private static void send(Reply reply, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status().value());
    if (reply.location() != null) {
      response.setHeader(HttpHeaders.LOCATION, reply.location());
    }
    if (reply.type() != null) {
      response.setContentType(reply.type());
    }
    response.setContentLength(reply.body().length);
    response.getOutputStream().write(reply.body());
  }

  /** The error form of SensorThings. */
  static Map<String, Object> error(HttpStatus status, String message) {
    var body = new LinkedHashMap<String, Object>();
    body.put("code", status.value());
    body.put("type", "error");
    body.put("message", message);
    return body;
  }
}
