package de.citycloud.platform.problem;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * What went wrong, ready to be told.
 *
 * @param slug stable last part of the type
 * @param status the HTTP status
 * @param detail value, expectation, place, advice
 * @param details extension members of RFC 9457
 * @param headers headers the status asks for, e.g. {@code Allow}
 */
record Problem(String slug, HttpStatusCode status, String detail, Map<String, Object> details, HttpHeaders headers) {
  Problem(String slug, HttpStatusCode status, String detail) {
    this(slug, status, detail, Map.of(), HttpHeaders.EMPTY);
  }

  static Problem of(CityProblem problem) {
    var headers = new HttpHeaders();
    if (problem.details().get("retryAfterSeconds") instanceof Number seconds) {
      headers.set(HttpHeaders.RETRY_AFTER, seconds.toString());
    }
    return new Problem(problem.slug(), problem.status(), String.valueOf(problem.getMessage()), problem.details(),
        headers);
  }
}
