package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.mqtt.Callers.Caller;
import de.citycloud.platform.identity.ApiKey;
import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.Municipality;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The MQTT door on a free port over a store in memory, with two towns and three keys. */
class OpenDoor implements AutoCloseable {
  static final Municipality LUDWIGSBURG = new Municipality(1, "ludwigsburg", "Ludwigsburg", 9.19, 48.9, false);
  static final Municipality HEILBRONN = new Municipality(2, "heilbronn", "Heilbronn", 9.22, 49.14, false);
  static final String WRITE_KEY = "scc_1_write";
  static final String READ_KEY = "scc_1_read";
  static final String OTHER_KEY = "scc_2_write";

  final SomeObservations observations = new SomeObservations();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  /** What went to quarantine, as "topic: slug". */
  final List<String> quarantine = new CopyOnWriteArrayList<>();
  /** Observations that brought entities along. */
  final List<String> created = new CopyOnWriteArrayList<>();
  volatile boolean writeKeyRevoked;
  final LiveTopics live;
  final Sessions sessions;
  final MqttDoor door;
  private final Map<Integer, Boolean> known = new ConcurrentHashMap<>();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();

  private final Intake intake;

  OpenDoor(MqttSettings settings, MqttTopicHandler... handlers) {
    live = new LiveTopics(municipality -> "http://city.example/" + municipality.slug() + "/sta/v1.1",
        (change, wanted) -> Optional
            .of(("{\"@iot.id\":" + change.id() + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    observations.subscribe(live::recorded);
    sessions = new Sessions(settings);
    Rejections rejections = (municipality, sender, topic, payload, refusal) -> {
      quarantine.add(topic + ": " + refusal.slug());
      return CompletableFuture.completedFuture(known.put(java.util.Arrays.hashCode(payload), true) != null);
    };
    var routes = new PublishRoutes(List.of(handlers));
    var counters = new DoorMeters(meters);
    ObservationCreator creator = (received, payload) -> created
        .add(new String(payload, java.nio.charset.StandardCharsets.UTF_8));
    intake = new Intake(observations, creator, routes, rejections, counters, blocking);
    door = new MqttDoor(new DoorServices(settings, callers(), observations, creator, routes,
        rejections, sessions, live, counters, blocking));
    door.start();
  }

  static OpenDoor standard(MqttTopicHandler... handlers) {
    return new OpenDoor(settings(20, Duration.ofSeconds(20)), handlers);
  }

  static MqttSettings settings(int receiveMaximum, Duration slow) {
    return new MqttSettings(true, "127.0.0.1", 0, DataSize.ofMegabytes(1), 200, 10, receiveMaximum,
        DataSize.ofMegabytes(8), DataSize.ofMegabytes(1), slow, Duration.ofSeconds(3), Duration.ofSeconds(1), null);
  }

  int port() {
    return door.port();
  }

  double refused(String why) {
    return meters.find("city.mqtt.refused").tag("why", why).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  Intake intake() {
    return intake;
  }

  int subscriptions() {
    return live.count();
  }

  Callers callers() {
    return new Callers() {
      @Override
      public Optional<Caller> verify(String key) {
        return switch (key) {
          case WRITE_KEY -> writeKeyRevoked ? Optional.empty() : Optional.of(caller(LUDWIGSBURG, Scope.WRITE));
          case READ_KEY -> Optional.of(caller(LUDWIGSBURG, Scope.READ));
          case OTHER_KEY -> Optional.of(caller(HEILBRONN, Scope.WRITE));
          default -> Optional.empty();
        };
      }

      @Override
      public Optional<Municipality> findMunicipality(@Nullable String slug) {
        return slug == null || slug.equals("ludwigsburg")
            ? Optional.of(LUDWIGSBURG)
            : slug.equals("heilbronn") ? Optional.of(HEILBRONN) : Optional.empty();
      }
    };
  }

  private static Caller caller(Municipality municipality, Scope scope) {
    return new Caller(new ApiKey(municipality.id(), 1, "Gateway", scope, Instant.EPOCH, null, null), municipality);
  }

  @Override
  public void close() {
    door.close();
    live.close();
    blocking.close();
  }
}
