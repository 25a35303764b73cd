package de.citycloud.platform.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import tools.jackson.databind.json.JsonMapper;

/** Tells a problem: as a page to people, as RFC 9457 to machines, in SensorThings' own form below its door. */
@Component
class ProblemTeller {
  private final JsonMapper json;

  ProblemTeller(JsonMapper json) {
    this.json = json;
  }

  ModelAndView tell(HttpServletRequest request, HttpServletResponse response, Problem problem) {
    problem.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    response.setStatus(problem.status().value());
    var path = pathOf(request);
    if (path.contains("/sta/")) {
      return body("application/json", Map.of("code", problem.status().value(), "type", problem.slug(), "message",
          problem.detail()));
    }
    if (wantsPage(request)) {
      return new ModelAndView("ui/error", Map.of("status", problem.status().value(), "slug", problem.slug(), "detail",
          problem.detail()));
    }
    return body(MediaType.APPLICATION_PROBLEM_JSON_VALUE, asRfc9457(problem, path));
  }

  private static Map<String, Object> asRfc9457(Problem problem, String path) {
    var members = new LinkedHashMap<String, Object>();
    var status = HttpStatus.resolve(problem.status().value());
    members.put("type", "/errors/" + problem.slug());
    members.put("title", status == null ? problem.slug() : status.getReasonPhrase());
    members.put("status", problem.status().value());
    members.put("detail", problem.detail());
    members.put("instance", path);
    problem.details().forEach(members::putIfAbsent);
    return members;
  }

  private ModelAndView body(String mediaType, Map<String, Object> members) {
    return new ModelAndView(new View() {
      @Override
      public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
          throws Exception {
        response.setContentType(mediaType);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getOutputStream().write(json.writeValueAsBytes(members));
      }
    });
  }

  /** Browsers name HTML; programs say nothing or {@code *}{@code /*}. */
  private static boolean wantsPage(HttpServletRequest request) {
    var accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
  }

  private static String pathOf(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
        ? failed
        : request.getRequestURI();
  }
}
