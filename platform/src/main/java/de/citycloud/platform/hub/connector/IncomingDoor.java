package de.citycloud.platform.hub.connector;

import de.citycloud.platform.guard.LimitedStream;
import de.citycloud.platform.guard.SafeArchive;
import de.citycloud.platform.hub.SourceReport;
import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The door for whoever pushes: {@code POST /{municipality}/in/{source}} with a key of scope write. It answers 200 once
 * everything usable is durable and names what was rejected; the sender may send again what it got no answer for.
 */
@RestController
class IncomingDoor {
  private static final long MAX_BYTES = 16L << 20;
  private static final int AT_ONCE = 16;
  private static final int MAX_SOURCES = 10_000;

  private final Sources sources;
  private final SourceTable table;
  private final Map<String, Semaphore> busy = new ConcurrentHashMap<>();

  IncomingDoor(Sources sources, SourceTable table) {
    this.sources = sources;
    this.table = table;
  }

  @PostMapping("/{municipality}/in/{source}")
  SourceReport receive(@PathVariable String source,
      @RequestHeader(name = "Content-Encoding", required = false) @Nullable String encoding, HttpServletRequest request)
      throws IOException {
    var receivedAt = Instant.now();
    if (request.getContentLengthLong() > MAX_BYTES) {
      throw new CityProblem("too-large", HttpStatus.CONTENT_TOO_LARGE,
          "The body has %,d bytes, expected at most %,d.\nMaybe send it in parts."
              .formatted(request.getContentLengthLong(), MAX_BYTES));
    }
    if (table.find(source).isEmpty()) {
      throw JdbcSources.notFound(source);
    }
    if (busy.size() > MAX_SOURCES) {
      busy.clear();
    }
    var slots = busy.computeIfAbsent(CurrentMunicipality.get().id() + "/" + source, key -> new Semaphore(AT_ONCE));
    if (!slots.tryAcquire()) {
      throw new CityProblem("too-many-requests", HttpStatus.TOO_MANY_REQUESTS,
          "The source \"%s\" sends more than %d messages at once, expected fewer.\nMaybe send them one after another."
              .formatted(source, AT_ONCE),
          Map.of("retryAfterSeconds", 1));
    }
    try (var limited = new LimitedStream(request.getInputStream(), MAX_BYTES, "The body");
        var body = SafeArchive.decode(encoding == null ? "" : encoding, limited)) {
      return sources.receive(source, "webhook", body, receivedAt);
    } catch (de.citycloud.platform.guard.LimitExceeded | java.util.zip.ZipException e) {
      throw new CityProblem("input-refused", HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(e.getMessage()));
    } finally {
      slots.release();
    }
  }
}
