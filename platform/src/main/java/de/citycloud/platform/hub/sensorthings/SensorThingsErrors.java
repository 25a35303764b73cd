package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.problem.CityProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Refusals of this package in the error form of SensorThings. */
@RestControllerAdvice(basePackageClasses = SensorThingsErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class SensorThingsErrors {
  @ExceptionHandler
  ResponseEntity<Map<String, Object>> refuse(CityProblem problem) {
    var answer = ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_JSON);
    var wait = problem.details().get("retryAfterSeconds");
    if (wait != null) {
      answer.header(HttpHeaders.RETRY_AFTER, wait.toString());
    }
    return answer.body(body(problem.status(), String.valueOf(problem.getMessage())));
  }

  /** The error form. */
  static Map<String, Object> body(HttpStatus status, String message) {
    var body = new LinkedHashMap<String, Object>();
    body.put("code", status.value());
    body.put("type", "error");
    body.put("message", message);
    return body;
  }
}
