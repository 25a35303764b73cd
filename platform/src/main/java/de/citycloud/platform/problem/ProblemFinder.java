package de.citycloud.platform.problem;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Tells from an exception what went wrong for the caller; what it does not know is our own mistake. */
final class ProblemFinder {
  private static final int RETRY_AFTER_SECONDS = 5;

  private ProblemFinder() {}

  static Optional<Problem> find(Throwable thrown) {
    return switch (thrown) {
      case CityProblem problem -> Optional.of(Problem.of(problem));
      case HttpMessageNotReadableException e -> Optional.of(new Problem("unreadable-body", HttpStatus.BAD_REQUEST,
          "The body cannot be read: %s\nMaybe it is cut off, or another format than its Content-Type says."
              .formatted(firstLine(e.getMostSpecificCause()))));
      case BindingResult result -> Optional.of(invalid(result));
      case TypeMismatchException e -> Optional.of(new Problem("invalid-value", HttpStatus.BAD_REQUEST,
          "%s is \"%s\", expected %s.".formatted(e.getPropertyName() == null ? "The value" : e.getPropertyName(),
              cut(String.valueOf(e.getValue())),
              e.getRequiredType() == null ? "another type" : e.getRequiredType().getSimpleName())));
      case MaxUploadSizeExceededException _ -> Optional.of(new Problem("too-large", HttpStatus.CONTENT_TOO_LARGE,
          "The upload is larger than this door takes.\nMaybe send it in parts."));
      case MultipartException e -> Optional.of(new Problem("unreadable-upload", HttpStatus.BAD_REQUEST,
          "The upload cannot be read: %s\nMaybe the transfer was cut off.".formatted(firstLine(e))));
      case NoResourceFoundException e -> Optional.of(new Problem("not-found", HttpStatus.NOT_FOUND,
          "Nothing is known at \"/%s\".\nMaybe the address has a typing error.".formatted(cut(e.getResourcePath()))));
      case InvalidParameterException e -> Optional.of(new Problem("unreadable-address", HttpStatus.BAD_REQUEST,
          "The query of the address cannot be read: %s\nMaybe a %% is not followed by two hexadecimal digits."
              .formatted(firstLine(e))));
      case ErrorResponse e -> Optional.of(ofSpring(e, thrown));
      case jakarta.validation.ConstraintViolationException e -> Optional.of(new Problem("invalid-value",
          HttpStatus.BAD_REQUEST, firstLine(e)));
      case QueryTimeoutException _,TransientDataAccessException _,DataAccessResourceFailureException _,CannotCreateTransactionException _ ->
        Optional.of(storeAway());
      case DataAccessException e when holdsNoText(e) -> Optional.of(new Problem("unreadable-text",
          HttpStatus.BAD_REQUEST,
          "A value holds a character that cannot be stored, such as U+0000.\nMaybe leave it out."));
      default -> Optional.empty();
    };
  }

  /** PostgreSQL's texts hold every character but U+0000; what it says then has one of these codes. */
  private static boolean holdsNoText(DataAccessException e) {
    return e.getMostSpecificCause() instanceof SQLException cause
        && List.of("22021", "22023", "22P05").contains(String.valueOf(cause.getSQLState()));
  }

  private static Problem storeAway() {
    var headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
    return new Problem("store-unavailable", HttpStatus.SERVICE_UNAVAILABLE,
        "The store does not answer in time, expected an answer within seconds.\nMaybe try again in a moment.",
        Map.of("retryAfterSeconds", RETRY_AFTER_SECONDS), headers);
  }

  private static Problem invalid(BindingResult result) {
    List<Map<String, String>> errors = result.getAllErrors().stream().map(ProblemFinder::error).toList();
    return new Problem("invalid-value", HttpStatus.UNPROCESSABLE_CONTENT,
        "%d value(s) of %s are not as expected; see errors.".formatted(errors.size(), result.getObjectName()),
        Map.of("errors", errors), HttpHeaders.EMPTY);
  }

  private static Map<String, String> error(ObjectError error) {
    var message = String.valueOf(error.getDefaultMessage());
    return error instanceof FieldError field
        ? Map.of("field", field.getField(), "message", message)
        : Map.of("message", message);
  }

  private static Problem ofSpring(ErrorResponse e, Throwable thrown) {
    if (thrown instanceof BindingResult result) {
      return invalid(result);
    }
    var detail = e.getBody().getDetail();
    return new Problem(slugOf(e.getStatusCode().value()), e.getStatusCode(),
        detail == null ? firstLine(thrown) : detail, Map.of(), e.getHeaders());
  }

  /** The slug of a status that nobody described better, e.g. {@code not-found}. */
  static String slugOf(int status) {
    var known = HttpStatus.resolve(status);
    return known == null ? "status-" + status : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String firstLine(Throwable thrown) {
    var message = thrown.getMessage();
    return cut(message == null ? thrown.getClass().getSimpleName() : message.lines().findFirst().orElse(""));
  }

  private static String cut(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
