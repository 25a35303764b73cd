package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.problem.CityProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data array extension: many Observations of many Datastreams in one request, recorded in one go.
 *
 * <pre>
 *   [{"Datastream": {"@iot.id": 1}, "components": ["phenomenonTime", "result"],
 *     "dataArray": [["2026-06-01T12:00:00Z", 5], …]}, …]
 * </pre>
 *
 * <p>The answer has one entry for each row, in order: the address of the Observation, or {@code error: …}. A row with a
 * mistake does not keep the others out.
 */
@Component
class DataArrays {
  private static final int MOST_ROWS = 100_000;

  private final Writes writes;

  DataArrays(Writes writes) {
    this.writes = writes;
  }

  /** Records all rows; the answer is JSON. */
  byte[] create(ServiceRoot root, byte[] body, @Nullable String idempotencyKey) {
    var rows = new Rows();
    try (var in = JsonInput.parser(body)) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw JsonInput
            .problem("The body is no list, expected [{\"Datastream\": …, \"components\": …, \"dataArray\": …}].");
      }
      while (in.nextToken() == JsonToken.START_OBJECT) {
        rows.readPart(in);
      }
      if (in.currentToken() != JsonToken.END_ARRAY) {
        throw JsonInput.problem("%s is %s, expected an object with Datastream, components and dataArray.".formatted(
            JsonInput.place(in), JsonInput.shown(in)));
      }
      JsonInput.end(in);
    } catch (JacksonException e) {
      throw JsonInput.unreadable(e);
    }
    rows.check(writes);
    record(rows, root, idempotencyKey, body);
    return rows.answer();
  }

  /** The store takes all or none: rows of a Datastream that it does not know are left out, and the others sent again. */
  private void record(Rows rows, ServiceRoot root, @Nullable String idempotencyKey, byte[] asked) {
    while (true) {
      var good = rows.good();
      if (good.isEmpty()) {
        return;
      }
      try {
        var ids = writes.record(good, idempotencyKey, asked);
        rows.accept(
            ids.stream().map(id -> WrittenEntity.address(root, EntityType.OBSERVATION, id.toString())).toList());
        return;
      } catch (CityProblem problem) {
        if (!problem.slug().equals("datastream-not-found")
            || !(problem.details().get("datastreamId") instanceof Integer unknown)) {
          throw problem;
        }
        rows.refuse(unknown, "There is no Datastream " + unknown + " here.");
      }
    }
  }

  /** All rows of a request: each an Observation or what is wrong with it. */
  private static final class Rows {
    private final List<@Nullable NewObservation> observations = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    void readPart(JsonParser in) {
      @Nullable
      Integer datastream = null;
      @Nullable
      List<String> components = null;
      @Nullable
      JsonNode early = null;
      boolean read = false;
      for (var name = in.nextName(); name != null; name = in.nextName()) {
        var place = JsonInput.place(in);
        in.nextToken();
        switch (name) {
          case "Datastream" -> datastream = datastream(JsonInput.readTree(in), place);
          case "components" -> components = components(JsonInput.readTree(in), place);
          case "dataArray" -> {
            if (in.currentToken() != JsonToken.START_ARRAY) {
              throw JsonInput.problem("%s is %s, expected a list of rows.".formatted(place, JsonInput.shown(in)));
            }
            if (datastream == null || components == null) {
              early = JsonInput.readTree(in);
            } else {
              read = true;
              readRows(in, datastream, components);
            }
          }
          default -> in.skipChildren();
        }
      }
      var place = JsonInput.place(in);
      if (datastream == null || components == null || !read && early == null) {
        throw JsonInput.problem("A part lacks %s, expected Datastream, components and dataArray.\nIt ends before %s."
            .formatted(datastream == null ? "Datastream" : components == null ? "components" : "dataArray", place));
      }
      if (early != null) {
        // As bytes again, since a parser of a tree does not count how deep it is.
        try (var later = JsonInput.parser(JsonInput.bytes(early))) {
          later.nextToken();
          readRows(later, datastream, components);
        }
      }
    }

    private static Integer datastream(JsonNode node, String place) {
      var id = node instanceof ObjectNode object ? EntityReference.find(object, place) : null;
      if (id == null) {
        throw JsonInput.problem("%s is %s, expected {\"@iot.id\": …}.".formatted(place, JsonInput.shown(node)));
      }
      return id;
    }

    private static List<String> components(JsonNode node, String place) {
      var names = new ArrayList<String>();
      for (var name : node) {
        var text = name.asString("");
        if (!ObservationParts.COMPONENTS.contains(text) || names.contains(text)) {
          throw JsonInput.problem("%s holds %s, expected each once of %s.".formatted(place, JsonInput.shown(name),
              String.join(", ", ObservationParts.COMPONENTS)));
        }
        names.add(text);
      }
      if (!names.contains("result")) {
        throw JsonInput.problem("%s lacks result, expected at least that.".formatted(place));
      }
      return names;
    }

    private void readRows(JsonParser in, int datastream, List<String> components) {
      for (var next = in.nextToken(); next != JsonToken.END_ARRAY && next != null; next = in.nextToken()) {
        if (observations.size() >= MOST_ROWS) {
          throw new CityProblem("sensorthings-too-many", HttpStatus.CONTENT_TOO_LARGE,
              "The request has more than %d rows, expected at most that many.".formatted(MOST_ROWS));
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
          add(null, "expected a list [ … ] of " + components.size() + " values.");
          in.skipChildren();
          continue;
        }
        int depth = in.streamReadContext().getNestingDepth();
        try {
          add(readRow(in, datastream, components), "");
        } catch (CityProblem problem) {
          add(null, String.valueOf(problem.getMessage()).lines().findFirst().orElse(""));
        }
        while (in.streamReadContext().getNestingDepth() >= depth) {
          if (in.nextToken() == null) {
            throw JsonInput.problem("The data array has no end, expected ].");
          }
        }
      }
    }

    private static NewObservation readRow(JsonParser in, int datastream, List<String> components) {
      var parts = new ObservationParts();
      for (var component : components) {
        if (in.nextToken() == JsonToken.END_ARRAY) {
          throw JsonInput.problem("The row is too short, expected %d values.".formatted(components.size()));
        }
        parts.read(component, in);
      }
      if (in.nextToken() != JsonToken.END_ARRAY) {
        throw JsonInput.problem("The row is too long, expected %d values.".formatted(components.size()));
      }
      return parts.finish(datastream).observation();
    }

    private void add(@Nullable NewObservation observation, String mistake) {
      observations.add(observation);
      answers.add(observation == null ? "error: " + mistake : "");
    }

    /** Refuses rows that would have no FeatureOfInterest, or an unknown one. */
    void check(Writes writes) {
      Map<List<@Nullable Integer>, String> checked = new HashMap<>();
      for (int i = 0; i < observations.size(); i++) {
        var observation = observations.get(i);
        if (observation != null) {
          var key = new ArrayList<@Nullable Integer>();
          key.add(observation.featureId() == null ? observation.datastreamId() : null);
          key.add(observation.featureId());
          var mistake = checked.computeIfAbsent(key, ignored -> mistake(writes, observation));
          if (!mistake.isEmpty()) {
            observations.set(i, null);
            answers.set(i, "error: " + mistake);
          }
        }
      }
    }

    private static String mistake(Writes writes, NewObservation observation) {
      try {
        writes.check(observation);
        return "";
      } catch (CityProblem problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
      }
    }

    List<NewObservation> good() {
      var good = new ArrayList<NewObservation>(observations.size());
      for (var observation : observations) {
        if (observation != null) {
          good.add(observation);
        }
      }
      return good;
    }

    void accept(List<String> addresses) {
      var next = addresses.iterator();
      for (int i = 0; i < observations.size(); i++) {
        if (observations.get(i) != null) {
          answers.set(i, next.next());
        }
      }
    }

    void refuse(int datastream, String mistake) {
      for (int i = 0; i < observations.size(); i++) {
        var observation = observations.get(i);
        if (observation != null && observation.datastreamId() == datastream) {
          observations.set(i, null);
          answers.set(i, "error: " + mistake);
        }
      }
    }

    byte[] answer() {
      var json = new StringBuilder(answers.size() * 90 + 2).append('[');
      for (var answer : answers) {
        if (json.length() > 1) {
          json.append(',');
        }
        if (answer.startsWith("error")) {
          json.append(new String(JsonInput.bytes(JsonInput.text(answer)), StandardCharsets.UTF_8));
        } else {
          // An address of ours holds nothing that needs an escape.
          json.append('"').append(answer).append('"');
        }
      }
      return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
