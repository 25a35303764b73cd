package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Result;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.ObjectNode;

/** The properties of one Observation while it is read, from an object or from a row of a data array. */
final class ObservationParts {
  /** Digits that a double always holds. */
  private static final int SAFE_LENGTH = 15;

  /** What a column of a data array may be called. */
  static final List<String> COMPONENTS = List.of("phenomenonTime", "result", "resultTime", "resultQuality", "validTime",
      "parameters", "FeatureOfInterest/id");

  private @Nullable TimeText phenomenonTime;
  private @Nullable Instant resultTime;
  private @Nullable Result result;
  private @Nullable Integer datastreamId;
  private @Nullable Integer featureId;
  private @Nullable ObjectNode datastream;
  private @Nullable ObjectNode feature;
  private @Nullable ObjectNode extras;

  /** Takes the value of property {@code name}, at which {@code in} stands. */
  void read(String name, JsonParser in) {
    switch (name) {
      case "result" -> result = result(in);
      case "phenomenonTime" -> phenomenonTime = time(in, TimeText::parse);
      case "resultTime" -> resultTime = time(in, TimeText::parseInstant);
      case "Datastream" -> {
        if (JsonInput.readTree(in) instanceof ObjectNode object) {
          datastreamId = EntityReference.find(object, "/Datastream");
          datastream = datastreamId == null ? object : null;
        } else {
          throw expected(in, "{\"@iot.id\": …} or a Datastream");
        }
      }
      case "FeatureOfInterest" -> {
        var node = JsonInput.readTree(in);
        if (node instanceof ObjectNode object) {
          featureId = EntityReference.find(object, "/FeatureOfInterest");
          feature = featureId == null ? object : null;
        } else if (!node.isNull()) {
          throw expected(in, "{\"@iot.id\": …}, a FeatureOfInterest or null");
        }
      }
      case "FeatureOfInterest/id" -> featureId = in.currentToken() == JsonToken.VALUE_NULL
          ? null
          : EntityReference.id(JsonInput.readTree(in), JsonInput.place(in));
      case "validTime" -> {
        var time = time(in, TimeText::parse);
        if (time != null) {
          extras().put("validTime", time.toString());
        }
      }
      case "resultQuality" -> extra(name, JsonInput.readTree(in));
      case "parameters" -> {
        var node = JsonInput.readTree(in);
        if (!node.isObject() && !node.isNull()) {
          throw expected(in, "an object of names and values, or null");
        }
        extra(name, node);
      }
      default -> {
        if (name.indexOf('@') < 0) {
          throw JsonInput.problem(
              """
              %s is no property of an Observation, expected phenomenonTime, resultTime, result, resultQuality, \
              validTime, parameters, Datastream or FeatureOfInterest.
              Maybe put it into "parameters".\
              """.formatted(JsonInput.place(in)));
        }
        in.skipChildren();
      }
    }
  }

  /** The Observation; {@code context} is the Datastream named outside of it. */
  ReceivedObservation finish(@Nullable Integer context) {
    if (context != null) {
      if (datastream != null || (datastreamId != null && !datastreamId.equals(context))) {
        throw JsonInput
            .problem("""
                     /Datastream names another Datastream than the path, which says %d; expected the same or none.\
                     """.formatted(context));
      }
      datastreamId = context;
    }
    if (datastreamId == null && datastream == null) {
      throw JsonInput.problem("""
                              /Datastream is missing, expected {"@iot.id": …}.
                              Maybe post to Datastreams(…)/Observations, whose path names it.\
                              """);
    }
    if (result == null) {
      throw JsonInput.problem("/result is missing, expected a number, text, truth value, object, list or null.");
    }
    var time = phenomenonTime == null ? TimeText.now() : phenomenonTime;
    return new ReceivedObservation(new NewObservation(datastreamId == null ? 0 : datastreamId, time.start(),
        time.end(), resultTime, result, featureId, extras), datastream, feature);
  }

  private static Result result(JsonParser in) {
    return switch (in.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in);
      default -> new Result.Json(JsonInput.readTree(in));
    };
  }

  private static Result number(JsonParser in) {
    if (in.getStringLength() <= SAFE_LENGTH && !hasExponent(in)) {
      return Result.of(in.getDoubleValue());
    }
    var exact = JsonInput.check(in.getDecimalValue(), in.streamReadContext().pathAsPointer());
    double nearest = exact.doubleValue();
    boolean held = Double.isFinite(nearest) && (BigDecimal.valueOf(nearest).compareTo(exact) == 0
        || new BigDecimal(nearest).compareTo(exact) == 0);
    if (held) {
      return Result.of(nearest);
    }
    return new Result.Json(in.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? tools.jackson.databind.node.BigIntegerNode.valueOf(in.getBigIntegerValue())
        : DecimalNode.valueOf(exact));
  }

  private static boolean hasExponent(JsonParser in) {
    var text = in.getStringCharacters();
    for (int i = in.getStringOffset(), end = i + in.getStringLength(); i < end; i++) {
      if (text[i] == 'e' || text[i] == 'E') {
        return true;
      }
    }
    return false;
  }

  private static <T> @Nullable T time(JsonParser in, Function<String, T> parse) {
    return switch (in.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> {
        try {
          yield parse.apply(in.getString());
        } catch (IllegalArgumentException e) {
          throw JsonInput.problem(JsonInput.place(in) + " " + e.getMessage());
        }
      }
      default -> throw expected(in, "a time such as \"2026-06-01T12:00:00Z\"");
    };
  }

  private void extra(String name, JsonNode value) {
    if (!value.isNull()) {
      extras().set(name, value);
    }
  }

  private ObjectNode extras() {
    if (extras == null) {
      extras = JsonInput.newObject();
    }
    return extras;
  }

  private static RuntimeException expected(JsonParser in, String what) {
    return JsonInput.problem("%s is %s, expected %s.".formatted(JsonInput.place(in), JsonInput.shown(in), what));
  }
}
