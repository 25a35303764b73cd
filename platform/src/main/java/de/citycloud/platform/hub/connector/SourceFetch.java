package de.citycloud.platform.hub.connector;

import de.citycloud.platform.guard.LimitExceeded;
import de.citycloud.platform.guard.OutgoingDoor;
import de.citycloud.platform.guard.OutgoingRefused;
import de.citycloud.platform.guard.OutgoingRequest;
import de.citycloud.platform.guard.OutgoingResponse;
import de.citycloud.platform.hub.SourceReport;
import de.citycloud.platform.problem.CityProblem;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Fetches a source through the outgoing door: only what is new (ETag, Last-Modified), three tries with growing pauses,
 * and a circuit breaker for each host that opens for a minute after five failures. The answer is first kept in a file,
 * so that a slow store holds no connection.
 */
@Service
class SourceFetch {
  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_HOSTS = 1_000;
  private static final CircuitBreakerConfig BREAKER = CircuitBreakerConfig.custom().slidingWindowSize(5)
      .minimumNumberOfCalls(5).failureRateThreshold(99).waitDurationInOpenState(Duration.ofMinutes(1))
      .permittedNumberOfCallsInHalfOpenState(1).automaticTransitionFromOpenToHalfOpenEnabled(false).build();
  private static final RetryConfig RETRY = RetryConfig.<Object>custom().maxAttempts(3)
      .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(500), 3))
      .retryOnException(e -> e instanceof IOException && !(e instanceof OutgoingRefused)
          && !(e instanceof LimitExceeded) && !(e instanceof Final))
      .build();

  private final OutgoingDoor door;
  private final SourceIntake intake;
  private final SourceTable sources;
  private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

  SourceFetch(OutgoingDoor door, SourceIntake intake, SourceTable sources) {
    this.door = door;
    this.intake = intake;
    this.sources = sources;
  }

  /**
   * Fetches all addresses of {@code source} in order and takes what came.
   *
   * @throws CityProblem {@code source-unreachable} if one cannot be fetched, or as the intake says; it is noted
   */
  SourceReport fetch(SourceRow source) {
    var tags = new HashMap<>(sources.tags(source.id()));
    var reports = new ArrayList<SourceReport>();
    for (var address : source.addresses()) {
      var file = temporary();
      try {
        var tag = download(source, address, tags.getOrDefault(address, Map.of()), file);
        if (tag != null) {
          try (var in = Files.newInputStream(file)) {
            reports.add(intake.take(source, name(address), in, Instant.now(), false));
          }
          tags.put(address, tag);
          sources.tag(source.id(), tags);
        }
      } catch (IOException e) {
        throw failed(source, "%s cannot be fetched: %s".formatted(address, e.getMessage()));
      } finally {
        delete(file);
      }
    }
    if (reports.isEmpty()) { // nothing is new
      sources.succeeded(source, 0, 0, null);
    }
    return sum(reports);
  }

  /** Fetches one address into {@code file}; null if it is as before, else what tells this version from the next. */
  private @Nullable Map<String, String> download(SourceRow source, String address, Map<String, String> tag, Path file)
      throws IOException {
    var request = new OutgoingRequest(address, tag, MAX_BYTES);
    var result = new AtomicReference<@Nullable Map<String, String>>();
    var breaker = breaker(address);
    try {
      Retry.decorateCheckedRunnable(Retry.of(source.key(), RETRY),
          CircuitBreaker.decorateCheckedRunnable(breaker,
              () -> result.set(door.fetch(request, response -> keep(response, file)).orElse(null))))
          .run();
      return result.get();
    } catch (CallNotPermittedException e) {
      throw new IOException("its host failed five times in a row and is left alone for a minute.");
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private static java.util.Optional<Map<String, String>> keep(OutgoingResponse response, Path file)
      throws IOException {
    int status = response.status();
    if (status == 304) {
      return java.util.Optional.empty();
    }
    if (status == 429 || status >= 500) {
      throw new IOException("the answer has status %d, expected 200.".formatted(status));
    }
    if (status != 200) {
      throw new Final("the answer has status %d, expected 200.".formatted(status));
    }
    if (response.header("content-type").filter(type -> type.startsWith("text/html")).isPresent()) {
      throw new Final(
          "the answer is a web page, expected data.\nMaybe the address is that of the page about the data.");
    }
    Files.copy(response.body(), file, StandardCopyOption.REPLACE_EXISTING);
    var tag = new LinkedHashMap<String, String>();
    response.header("etag").ifPresent(value -> tag.put("If-None-Match", value));
    response.header("last-modified").ifPresent(value -> tag.put("If-Modified-Since", value));
    return java.util.Optional.of(tag);
  }

  private CircuitBreaker breaker(String address) {
    if (breakers.size() > MAX_HOSTS) {
      breakers.clear();
    }
    var host = String
        .valueOf(URI.create(address.strip().replaceFirst("[?#].*$", "").replace(" ", "%20")).getRawAuthority());
    return breakers.computeIfAbsent(host, name -> CircuitBreaker.of(name, BREAKER));
  }

  private CityProblem failed(SourceRow source, String reason) {
    sources.failed(source, reason);
    return new CityProblem("source-unreachable", HttpStatus.BAD_GATEWAY, reason);
  }

  private static String name(String address) {
    var path = address.replaceFirst("[?#].*$", "").replaceFirst("^https?://", "");
    return path.contains("/") && !path.endsWith("/") ? path.substring(path.lastIndexOf('/') + 1) : path;
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("city-source-", ".tmp");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // the system's cleaner takes it
    }
  }

  private static SourceReport sum(List<SourceReport> reports) {
    var rejected = reports.stream().flatMap(report -> report.rejected().stream()).limit(SourceReport.NAMED).toList();
    return new SourceReport(reports.stream().mapToInt(SourceReport::things).sum(),
        reports.stream().mapToInt(SourceReport::datastreams).sum(),
        reports.stream().mapToLong(SourceReport::observations).sum(),
        reports.stream().mapToInt(SourceReport::events).sum(),
        reports.stream().mapToLong(SourceReport::rejectedCount).sum(), rejected);
  }

  /** A failure that another try would not mend. */
  private static final class Final extends IOException {
    private static final long serialVersionUID = 1L;

    Final(String message) {
      super(message);
    }
  }
}
