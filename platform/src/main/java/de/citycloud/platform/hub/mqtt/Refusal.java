package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.problem.CityProblem;
import io.netty.handler.codec.mqtt.MqttReasonCodes.PubAck;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Why a message was not stored.
 *
 * @param code the reason code of the PUBACK
 * @param slug what kind of situation, for counters and quarantine
 * @param reason value, expectation, place
 * @param fault whose it is
 */
record Refusal(PubAck code, String slug, String reason, Fault fault) {
  /** Whose fault it is, which decides what happens next. */
  enum Fault {
    /** The message can never be stored: it goes into quarantine. */
    MESSAGE,
    /** The sender may not do this. */
    SENDER,
    /** We cannot at the moment: the sender should send it again. */
    OURS
  }

  /** A payload that is not what the topic expects. */
  static Refusal payload(String slug, String reason) {
    return new Refusal(PubAck.PAYLOAD_FORMAT_INVALID, slug, reason, Fault.MESSAGE);
  }

  /** The refusal that {@code failure} stands for. */
  static Refusal of(Throwable failure) {
    var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    if (!(cause instanceof CityProblem problem)) {
      return new Refusal(PubAck.UNSPECIFIED_ERROR, "internal", "The message was not stored, by a mistake of ours.",
          Fault.OURS);
    }
    var text = String.valueOf(problem.getMessage());
    var status = problem.status();
    if (status.is5xxServerError() || status == HttpStatus.TOO_MANY_REQUESTS) {
      return new Refusal(status == HttpStatus.INTERNAL_SERVER_ERROR ? PubAck.UNSPECIFIED_ERROR : PubAck.QUOTA_EXCEEDED,
          problem.slug(), text, Fault.OURS);
    }
    return switch (status) {
      case UNAUTHORIZED, FORBIDDEN -> new Refusal(PubAck.NOT_AUTHORIZED, problem.slug(), text, Fault.SENDER);
      case NOT_FOUND, CONFLICT, GONE -> new Refusal(PubAck.IMPLEMENTATION_SPECIFIC_ERROR, problem.slug(), text,
          Fault.MESSAGE);
      default -> payload(problem.slug(), text);
    };
  }

  /** The Datastream that {@code failure} complains about; null if it names none. */
  static @Nullable Integer datastreamOf(Throwable failure) {
    var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    return cause instanceof CityProblem problem && problem.details().get("datastreamId") instanceof Integer id
        ? id
        : null;
  }

  /** True if {@code failure} may pass when one waits. */
  static boolean isBusy(Throwable failure) {
    var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    return cause instanceof CityProblem problem && (problem.status() == HttpStatus.SERVICE_UNAVAILABLE
        || problem.status() == HttpStatus.TOO_MANY_REQUESTS || problem.status() == HttpStatus.INSUFFICIENT_STORAGE);
  }
}
