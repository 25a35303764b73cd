package de.citycloud.platform.demo;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import de.citycloud.platform.demo.DemoTown.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Feeds one demo town: sets its Things up, writes their history once, then sends values as they come due. */
final class DemoFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoFeed.class);
  private static final int HISTORY_STEP_SECONDS = 900;
  private static final int HISTORY_ROWS_PER_CALL = 2_000;

  private final DemoTown town;
  private final DemoHttp http;
  private final Path dropFolder;
  private final Mqtt5AsyncClient mqtt;
  private final String key;
  /** Datastream by place and role. */
  private final Map<String, Integer> datastreams = new HashMap<>();
  private final Map<String, Instant> sent = new HashMap<>();

  /**
   * @param address of the program, for example {@code http://127.0.0.1:8080}
   * @param mqttPort of its MQTT door
   * @param key API key of the town with scope write
   * @param data the program's data folder, whose {@code in/} it watches
   */
  DemoFeed(DemoTown town, String address, int mqttPort, String key, Path data) {
    this.town = town;
    this.key = key;
    http = new DemoHttp(address + "/" + town.slug(), key);
    dropFolder = data.resolve("in").resolve(town.slug());
    mqtt = MqttClient.builder().useMqttVersion5().identifier("demo-" + town.slug()).serverHost("127.0.0.1")
        .serverPort(mqttPort).automaticReconnectWithDefaultConfig().buildAsync();
  }

  /** Connects and makes sure that every Thing that the town sets up itself is there. */
  void setUp() throws IOException, InterruptedException {
    mqtt.connectWith().simpleAuth().username("key").password(key.getBytes(StandardCharsets.UTF_8)).applySimpleAuth()
        .send().orTimeout(20, TimeUnit.SECONDS).join();
    var ownPlaces = new ArrayList<>(town.placesOf("mqtt"));
    ownPlaces.addAll(town.placesOf("sensorthings"));
    int sensor = ensure("Sensors", "name eq 'Demo-Zähler'", JsonMapper.shared().createObjectNode()
        .put("name", "Demo-Zähler").put("description", "Erfundene Werte mit dem Tagesgang einer Stadt")
        .put("encodingType", "text/html").put("metadata", "https://smart-city-cloud.example/demo"));
    var properties = new HashMap<String, Integer>();
    for (var place : ownPlaces) {
      var found = http.findFirst("Things", "properties/externalId eq '" + place.id() + "'",
          "Datastreams($select=id,properties)");
      if (found.isMissingNode()) {
        var ids = new ArrayList<Integer>();
        for (var quantity : DemoQuantity.of(place.kind())) {
          var known = properties.get(quantity.definition());
          int id = known != null ? known : observedProperty(quantity);
          properties.put(quantity.definition(), id);
          ids.add(id);
        }
        http.create("Things", DemoMessages.thing(town, place, ids, sensor));
        found = http.findFirst("Things", "properties/externalId eq '" + place.id() + "'",
            "Datastreams($select=id,properties)");
      }
      remember(place, found);
    }
  }

  /** Writes invented history to Datastreams that have none. */
  void writeHistory(int days) throws IOException, InterruptedException {
    learnConnectedThings();
    var now = Instant.now();
    var start = now.minus(Duration.ofDays(days));
    for (var place : town.places()) {
      for (var quantity : DemoQuantity.of(place.kind())) {
        var datastream = datastreams.get(place.id() + "/" + quantity.role());
        if (datastream != null && days > 0 && isEmptyBefore(datastream, now.minus(Duration.ofDays(1)))) {
          writeHistory(place, quantity, datastream, start, now);
        }
      }
    }
  }

  /** Sends what is due at {@code now}. */
  void send(Instant now) {
    for (var place : town.placesOf("mqtt")) {
      for (var quantity : DemoQuantity.of(place.kind())) {
        var datastream = datastreams.get(place.id() + "/" + quantity.role());
        if (datastream != null && isDue(place.id() + "/" + quantity.role(), quantity.intervalSeconds(), now)) {
          observation(place, quantity, now).ifPresent(value -> mqtt.publishWith()
              .topic(town.slug() + "/v1.1/Datastreams(" + datastream + ")/Observations").qos(MqttQos.AT_LEAST_ONCE)
              .payload(value.toString().getBytes(StandardCharsets.UTF_8)).send());
        }
      }
    }
    for (var place : town.placesOf("sensorthings")) {
      for (var quantity : DemoQuantity.of(place.kind())) {
        var datastream = datastreams.get(place.id() + "/" + quantity.role());
        if (datastream != null && isDue(place.id() + "/" + quantity.role(), quantity.intervalSeconds(), now)) {
          observation(place, quantity, now).ifPresent(value -> attempt(place.id(),
              () -> http.post("/sta/v1.1/Datastreams(" + datastream + ")/Observations", "application/json",
                  value.toString())));
        }
      }
    }
    sendThroughConnectors(now);
  }

  private void sendThroughConnectors(Instant now) {
    var soil = DemoQuantity.of("soil").getFirst();
    for (var place : town.placesOf("tts")) {
      if (isDue(place.id(), soil.intervalSeconds(), now)) {
        int frame = (int) (now.getEpochSecond() / soil.intervalSeconds() % 60_000);
        attempt(place.id(), () -> http.post("/in/" + DemoSources.SOIL, "application/json",
            DemoMessages.uplink(place, now, DemoValues.at(place, soil, now).orElse(0), frame).toString()));
      }
    }
    var air = DemoQuantity.of("air").get(1);
    for (var place : town.placesOf("sensor-community")) {
      if (isDue(place.id(), 300, now)) {
        attempt(place.id(), () -> http.post("/in/" + DemoSources.PARTICULATES, "application/json",
            JsonMapper.shared().createArrayNode()
                .add(DemoMessages.particulates(place, now, DemoValues.at(place, air, now).orElse(0))).toString()));
      }
    }
    var pbw = town.placesOf("parking-pbw");
    if (!pbw.isEmpty() && isDue("pbw", 120, now)) {
      attempt("pbw", () -> drop(DemoSources.CAR_PARKS, now, "json", DemoMessages.pbw(pbw, now).toString()));
    }
    var parkAndRide = town.placesOf("datex2");
    if (!parkAndRide.isEmpty() && isDue("datex2", 120, now)) {
      attempt("datex2",
          () -> http.post("/in/" + DemoSources.PARK_AND_RIDE, "application/xml", DemoMessages.datex(parkAndRide, now)));
    }
    var counts = town.placesOf("csv");
    if (!counts.isEmpty() && isDue("csv", 300, now)) {
      attempt("csv", () -> drop(DemoSources.COUNTS, now, "csv", DemoMessages.counts(counts, now)));
    }
  }

  /** Things that a connector made are found by the number under which it knows them. */
  private void learnConnectedThings() throws IOException, InterruptedException {
    for (var place : town.places()) {
      if (!datastreams.containsKey(place.id() + "/" + DemoQuantity.of(place.kind()).getFirst().role())) {
        remember(place, http.findFirst("Things", "properties/externalId eq '" + place.number() + "'",
            "Datastreams($select=id,properties)"));
      }
    }
  }

  private void remember(Place place, JsonNode thing) {
    for (var datastream : thing.path("Datastreams")) {
      var role = datastream.path("properties").path("role").asString("");
      datastreams.put(place.id() + "/" + role, datastream.path("@iot.id").asInt());
    }
  }

  private int observedProperty(DemoQuantity quantity) throws IOException, InterruptedException {
    return ensure("ObservedProperties", "definition eq '" + quantity.definition() + "'",
        JsonMapper.shared().createObjectNode().put("name", quantity.name()).put("definition", quantity.definition())
            .put("description", quantity.name()));
  }

  private int ensure(String entitySet, String filter, JsonNode entity) throws IOException, InterruptedException {
    var found = http.findFirst(entitySet, filter, "");
    return found.isMissingNode() ? http.create(entitySet, entity) : found.path("@iot.id").asInt();
  }

  private boolean isEmptyBefore(int datastream, Instant time) throws IOException, InterruptedException {
    return http.findFirst("Datastreams(" + datastream + ")/Observations", "phenomenonTime lt " + time, "")
        .isMissingNode();
  }

  private void writeHistory(Place place, DemoQuantity quantity, int datastream, Instant start, Instant end)
      throws IOException, InterruptedException {
    int step = Math.max(HISTORY_STEP_SECONDS, quantity.intervalSeconds());
    var time = Instant.ofEpochSecond(start.getEpochSecond() / step * step);
    while (time.isBefore(end)) {
      var block = JsonMapper.shared().createObjectNode();
      block.putObject("Datastream").put("@iot.id", datastream);
      block.putArray("components").add("phenomenonTime").add("result");
      var rows = block.putArray("dataArray");
      for (; time.isBefore(end) && rows.size() < HISTORY_ROWS_PER_CALL; time = time.plusSeconds(step)) {
        var value = DemoValues.at(place, quantity, time);
        if (value.isPresent()) {
          var row = rows.addArray().add(time.toString());
          row.add(value.getAsDouble());
        }
      }
      http.post("/sta/v1.1/CreateObservations", "application/json",
          JsonMapper.shared().createArrayNode().add(block).toString());
    }
  }

  private static java.util.Optional<JsonNode> observation(Place place, DemoQuantity quantity, Instant now) {
    var value = DemoValues.at(place, quantity, now);
    return value.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of(JsonMapper.shared().createObjectNode().put("phenomenonTime", now.toString())
            .put("result", value.getAsDouble()));
  }

  private boolean isDue(String what, int intervalSeconds, Instant now) {
    var last = sent.get(what);
    if (last != null && now.isBefore(last.plusSeconds(intervalSeconds))) {
      return false;
    }
    sent.put(what, now);
    return true;
  }

  /** A file appears whole: written beside, then moved. */
  private Path drop(String source, Instant now, String ending, String content) throws IOException {
    var folder = Files.createDirectories(dropFolder.resolve(source));
    var part = Files.writeString(folder.resolve("." + now.getEpochSecond() + ".part"), content);
    return Files.move(part, folder.resolve(now.getEpochSecond() + "." + ending), StandardCopyOption.ATOMIC_MOVE);
  }

  private void attempt(String what, Sending sending) {
    try {
      var done = sending.send();
      LOG.debug("Demo value of {} sent: {}", what, done);
    } catch (IOException e) {
      LOG.warn("The demo value of {} in {} was not taken: {}", what, town.slug(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    mqtt.disconnect().exceptionally(e -> null);
    http.close();
  }

  @FunctionalInterface
  private interface Sending {
    Object send() throws IOException, InterruptedException;
  }
}
