package de.citycloud.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * Senders that count: each Observation's result is its sequence number, and each is sent with the same Idempotency-Key
 * until it is acknowledged, however often the program dies meanwhile.
 */
final class LedgerSenders implements AutoCloseable {
  private static final Instant FIRST = Instant.parse("2026-02-01T00:00:00Z");
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final String root;
  private final String key;
  private final String datastream;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<String> refused = new AtomicReference<>("");
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ending;

  LedgerSenders(int port, String municipality, String key) throws Exception {
    this.root = "http://127.0.0.1:" + port + "/" + municipality + "/sta/v1.1";
    this.key = key;
    var thing = """
                {"name": "Zähler", "description": "für die Prüfung", "Locations": [{"name": "Ort", "description": "",
                  "encodingType": "application/geo+json", "location": {"type": "Point", "coordinates": [9.2, 48.9]}}], "Datastreams": [{"name": "Nummern", "description": "",
                  "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
                  "unitOfMeasurement": {"name": "eins", "symbol": "1", "definition": "http://unitsofmeasure.org"},
                  "Sensor": {"name": "s", "description": "", "encodingType": "text/plain", "metadata": "keine"},
                  "ObservedProperty": {"name": "n", "definition": "http://example.org/n", "description": ""}}]}
                """;
    assertThat(send("/Things", thing, "thing").statusCode()).isEqualTo(201);
    var list = http.send(HttpRequest.newBuilder(URI.create(root + "/Datastreams")).build(),
        HttpResponse.BodyHandlers.ofString()).body();
    var id = Pattern.compile("\"@iot.id\"\\s*:\\s*(\\d+)").matcher(list);
    assertThat(id.find()).as(list).isTrue();
    this.datastream = "/Datastreams(" + id.group(1) + ")/Observations";
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofVirtual().name("sender-" + i).start(this::sendUntilTheEnd));
    }
  }

  /** Waits until that many more were acknowledged. */
  void awaitAcknowledged(int more) {
    long goal = acknowledged.get() + more;
    var deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (acknowledged.get() < goal) {
      assertThat(refused.get()).isEmpty();
      assertThat(System.nanoTime()).as("nothing is acknowledged any more").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Ends when every number begun is acknowledged; returns how many. */
  long finish() throws InterruptedException {
    ending = true;
    for (var thread : threads) {
      assertThat(thread.join(Duration.ofMinutes(2))).as("a sender still waits for its acknowledgement").isTrue();
    }
    assertThat(refused.get()).isEmpty();
    assertThat(acknowledged.get()).isEqualTo(next.get());
    return next.get();
  }

  private void sendUntilTheEnd() {
    while (!ending && java.util.Objects.requireNonNullElse(refused.get(), "").isEmpty()) {
      long number = next.getAndIncrement();
      var body = "{\"phenomenonTime\": \"%s\", \"result\": %d}".formatted(FIRST.plusMillis(number), number);
      while (!isAcknowledged(number, body)) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private boolean isAcknowledged(long number, String body) {
    try {
      var answer = send(datastream, body, "number-" + number);
      if (answer.statusCode() == 201) {
        acknowledged.incrementAndGet();
        return true;
      }
      if (answer.statusCode() != 503) {
        refused.compareAndSet("", number + ": " + answer.statusCode() + " " + answer.body());
        return true;
      }
    } catch (IOException e) {
      // killed meanwhile; whether it was stored nobody knows, so send it again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    return false;
  }

  private HttpResponse<String> send(String path, String body, String idempotencyKey)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(10))
        .header("Content-Type", "application/json").header("X-API-Key", key)
        .header("Idempotency-Key", idempotencyKey).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    ending = true;
    threads.forEach(Thread::interrupt);
    http.close();
  }
}
