package de.citycloud.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.connector.HubPreview;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the demo sends is what the connectors read: nothing of it is rejected. */
class DemoMessagesTest {
  private static final Instant NOW = Instant.parse("2026-11-18T11:00:00Z");
  private static final DemoTown TOWN = DemoTown.read("ludwigsburg");
  @TempDir
  private Path folder;

  @Test
  void carParksOfPbw() throws Exception {
    var places = TOWN.placesOf("parking-pbw");
    var found = preview("parking-pbw", DemoMessages.pbw(places, NOW).toString());

    assertThat(found.path("things").asInt()).isEqualTo(places.size());
    assertThat(found.path("observations").asInt()).isGreaterThanOrEqualTo(places.size());
  }

  @Test
  void parkAndRideAsDatex() throws Exception {
    var places = TOWN.placesOf("datex2");
    var found = preview("datex2", DemoMessages.datex(places, NOW));

    assertThat(found.path("things").asInt()).isEqualTo(places.size());
    assertThat(found.path("observations").asInt()).isGreaterThanOrEqualTo(places.size());
  }

  @Test
  void soilMoistureOverLorawan() throws Exception {
    var found = preview("tts", DemoMessages.uplink(TOWN.placesOf("tts").getFirst(), NOW, 27.5, 12).toString());

    assertThat(found.path("things").asInt()).isOne();
    assertThat(found.path("observations").asInt()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void particulatesOfCitizens() throws Exception {
    var place = TOWN.placesOf("sensor-community").getFirst();
    var found = preview("sensor-community", "[" + DemoMessages.particulates(place, NOW, 14.2) + "]");

    assertThat(found.path("observations").asInt()).isEqualTo(2);
  }

  @Test
  void countsAsTable() throws Exception {
    var places = TOWN.placesOf("csv");
    var mapping = Files.writeString(folder.resolve("mapping.yaml"), DemoSources.COUNTS_MAPPING);
    var found = preview("csv", DemoMessages.counts(places, NOW), "--mapping", mapping.toString());

    assertThat(found.path("things").asInt()).isEqualTo(places.size());
    assertThat(found.path("observations").asInt()).isEqualTo(2 * places.size());
  }

  private JsonNode preview(String kind, String content, String... options) throws Exception {
    var file = Files.writeString(folder.resolve("message"), content);
    var arguments = new ArrayList<>(List.of(kind, file.toString()));
    arguments.addAll(List.of(options));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exit = HubPreview.run(arguments.toArray(String[]::new), new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
    var found = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(found.path("rejected")).as(found.toPrettyString()).isEmpty();
    return found;
  }
}
