package de.citycloud.platform.hub.connector;

import de.citycloud.platform.guard.OutgoingDoor;
import de.citycloud.platform.guard.OutgoingRequest;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Mapping;
import de.citycloud.platform.hub.source.SourceRecord;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.EventFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tries a source without a database: {@code hub preview KIND FILE_OR_URL [--mapping FILE] [--allow HOST[:PORT]]}, {@code
 * -} for the standard input. Prints what a connector would take from it as JSON. Needs no Spring and no database.
 */
@NamedInterface("preview")
public final class HubPreview {
  private static final int SAMPLE = 20;
  private static final int REJECTED = 1_000;
  private static final String USAGE = """
                                      Usage: hub preview KIND FILE_OR_URL [--mapping FILE] [--allow HOST[:PORT]]
                                      KIND is auto or one of %s; FILE may be - for the standard input.\
                                      """;
  private static final JsonMapper MAPPER = new JsonMapper();

  private HubPreview() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8)));
  }

  /**
   * Runs the command.
   *
   * @param arguments KIND, FILE_OR_URL and options
   * @param out receives one JSON object
   * @param err receives the reason of a refusal
   * @return 0 if something was read, also with rejected rows; 2 if the whole input, or the command, is refused
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    try {
      var options = Options.parse(arguments);
      var collected = new Collected();
      var count = new FindingsCount(collected);
      var kinds = options.read(count);
      out.println(MAPPER.writeValueAsString(collected.json(kinds, count)));
      out.flush();
      return 0;
    } catch (InputRefused | IOException e) {
      err.println(e instanceof java.nio.file.NoSuchFileException
          ? "There is no file %s.".formatted(e.getMessage())
          : e.getMessage());
      err.flush();
      return 2;
    }
  }

  private record Options(String kind, String from, Mapping mapping, List<String> allowed) {
    static Options parse(String[] arguments) throws IOException, InputRefused {
      var plain = new ArrayList<String>();
      var allowed = new ArrayList<String>();
      var mapping = Mapping.NONE;
      var words = Arrays.asList(arguments).iterator();
      while (words.hasNext()) {
        var word = words.next();
        if ((word.equals("--mapping") || word.equals("--allow") || word.equals("--kind")) && !words.hasNext()) {
          throw usage();
        }
        switch (word) {
          case "--mapping" -> mapping = Mapping.parse(Files.readString(Path.of(words.next())));
          case "--allow" -> allowed.add(words.next());
          case "--kind" -> plain.addFirst(words.next());
          default -> plain.add(word);
        }
      }
      if (plain.size() != 2 || plain.stream().anyMatch(word -> word.startsWith("--"))) {
        throw usage();
      }
      return new Options(plain.get(0), plain.get(1), mapping, allowed);
    }

    private static InputRefused usage() {
      return new InputRefused(USAGE.formatted(Connectors.listKinds()));
    }

    Set<String> read(Findings findings) throws IOException, InputRefused {
      if (from.matches("(?i)https?://.*")) {
        return fetch(findings);
      }
      try (var in = from.equals("-") ? System.in : Files.newInputStream(Path.of(from))) {
        var path = Path.of(from);
        var name = from.equals("-") ? "the input" : String.valueOf(path.getFileName());
        return read(name, in, findings);
      }
    }

    private Set<String> fetch(Findings findings) throws IOException, InputRefused {
      Outcome outcome = new OutgoingDoor(allowed).fetch(OutgoingRequest.get(from), response -> {
        if (response.status() != 200) {
          throw new IOException("%s answers with status %d, expected 200.".formatted(from, response.status()));
        }
        try {
          return new Outcome(read(from.replaceFirst("[?#].*$", "").replaceFirst("^.*/", ""), response.body(), findings),
              null);
        } catch (InputRefused e) {
          return new Outcome(Set.of(), e);
        }
      });
      if (outcome.refused != null) {
        throw outcome.refused;
      }
      return outcome.kinds;
    }

    private Set<String> read(String name, InputStream in, Findings findings) throws IOException, InputRefused {
      return InputReading.read(kind, name, in, Instant.now(), mapping, findings);
    }
  }

  private record Outcome(Set<String> kinds, @Nullable InputRefused refused) {}

  /** The first Things and Observations, and the rejected rows. */
  private static final class Collected implements Findings {
    private final List<ObjectNode> things = new ArrayList<>();
    private final List<ObjectNode> observations = new ArrayList<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private final Set<String> known = new java.util.HashSet<>();
    private final ArrayNode rejected = MAPPER.createArrayNode();
    private final java.util.Map<String, DatastreamFound> streams = new java.util.HashMap<>();

    @Override
    public void accept(SourceRecord found) {
      switch (found) {
        case ThingFound thing when things.size() < SAMPLE && known.add(thing.id()) -> things.add(thing(thing));
        case DatastreamFound stream when streams.size() < 10 * SAMPLE ->
          streams.putIfAbsent(stream.thingId() + '\0' + stream.key(), stream);
        case ObservationFound observation when observations.size() < SAMPLE ->
          observations.add(observation(observation));
        case EventFound event when events.size() < SAMPLE ->
          events.add(MAPPER.createObjectNode().put("type", "event").put("id", event.id()));
        default -> {
        }
      }
    }

    @Override
    public void reject(String place, String reason, @Nullable String excerpt) {
      if (rejected.size() < REJECTED) {
        rejected.addObject().put("place", place).put("reason", reason);
      }
    }

    private static ObjectNode thing(ThingFound thing) {
      var node = MAPPER.createObjectNode().put("type", "thing").put("id", thing.id()).put("name", thing.name());
      var position = thing.position();
      if (position != null) {
        node.putArray("coordinates").add(position.longitude()).add(position.latitude());
      }
      node.set("properties", MAPPER.valueToTree(new java.util.TreeMap<>(thing.properties())));
      return node;
    }

    private ObjectNode observation(ObservationFound observation) {
      var node = MAPPER.createObjectNode().put("type", "observation").put("thing", observation.thingId())
          .put("datastream", observation.datastreamKey());
      var stream = streams.get(observation.thingId() + '\0' + observation.datastreamKey());
      if (stream != null && stream.quantity().unit().symbol() != null) {
        node.put("unit", stream.quantity().unit().symbol());
      }
      var end = observation.end();
      node.put("phenomenonTime", end == null ? observation.time().toString() : observation.time() + "/" + end);
      switch (observation.result()) {
        case Result.Numeric number -> node.put("result", number.value());
        case Result.Json json -> node.set("result", json.value());
      }
      if (!observation.flags().isEmpty()) {
        node.set("flags", MAPPER.valueToTree(observation.flags()));
      }
      return node;
    }

    private ObjectNode json(Set<String> kinds, FindingsCount count) {
      var report = count.report();
      var node = MAPPER.createObjectNode().put("kind", String.join(", ", kinds)).put("things", report.things())
          .put("datastreams", report.datastreams()).put("observations", report.observations())
          .put("events", report.events()).put("alerts", 0);
      var sample = node.putArray("sample");
      things.stream().limit(SAMPLE / 2).forEach(sample::add);
      observations.stream().limit(SAMPLE - sample.size()).forEach(sample::add);
      events.stream().limit(SAMPLE - sample.size()).forEach(sample::add);
      node.set("rejected", rejected);
      if (report.rejectedCount() > rejected.size()) {
        node.put("rejectedCount", report.rejectedCount());
      }
      return node;
    }
  }
}
