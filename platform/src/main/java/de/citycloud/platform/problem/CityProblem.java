package de.citycloud.platform.problem;

import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * A situation of the city that a caller can do something about. Its message names value, expectation and place and
 * advises on a new line. Reported as RFC 9457 with the stable type {@code /errors/<slug>}.
 */
public class CityProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String slug;
  private final HttpStatus status;
  private final transient Map<String, Object> details;

  /**
   * @param slug stable last part of the problem type, lower case with hyphens
   * @param status the HTTP status, 400 to 599
   * @param message value, expectation, place; advice on a new line
   */
  public CityProblem(String slug, HttpStatus status, String message) {
    this(slug, status, message, Map.of());
  }

  /** As above, with extension members of RFC 9457 (for example {@code retryAfterSeconds}). */
  public CityProblem(String slug, HttpStatus status, String message, Map<String, Object> details) {
    super(message);
    this.slug = slug;
    this.status = status;
    this.details = Map.copyOf(details);
  }

  /** Stable last part of the problem type. */
  public String slug() {
    return slug;
  }

  /** The HTTP status. */
  public HttpStatus status() {
    return status;
  }

  /** Extension members; empty if none. */
  public Map<String, Object> details() {
    return details;
  }
}
