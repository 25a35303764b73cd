package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.problem.CityProblem;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads Observations as SensorThings 1.1 writes them. For HTTP, MQTT and data arrays alike, straight from the bytes,
 * since this runs for each of 10,000 values a second.
 *
 * <pre>
 *   {"Datastream": {"@iot.id": 412}, "phenomenonTime": "2026-06-01T12:00:00Z", "result": 21.5}
 * </pre>
 *
 * <p>Without phenomenonTime it is now. A number that a double cannot hold is kept as the JSON it was. Names with {@code @}
 * (what a service adds on reading) are passed over, other unknown names are refused: a value with a typing error in its
 * name shall not get lost in silence.
 */
public final class ObservationJson {
  private ObservationJson() {}

  /**
   * Reads one Observation.
   *
   * @param json UTF-8, at most 20 MB
   * @param datastreamId the Datastream the path or topic names; null if the JSON names it
   * @throws CityProblem {@code sensorthings-json} (400) that names value, expectation and place
   */
  public static ReceivedObservation parse(byte[] json, @Nullable Integer datastreamId) {
    try (var in = JsonInput.parser(json)) {
      in.nextToken();
      var received = read(in, datastreamId);
      JsonInput.end(in);
      return received;
    } catch (JacksonException e) {
      throw JsonInput.unreadable(e);
    }
  }

  /** As {@link #parse(byte[], Integer)}, from a part of a larger document. */
  static ReceivedObservation parse(ObjectNode json, @Nullable Integer datastreamId) {
    try (var in = JsonInput.parser(json)) {
      in.nextToken();
      return read(in, datastreamId);
    } catch (JacksonException e) {
      throw JsonInput.unreadable(e);
    }
  }

  /**
   * Reads one Observation that brings nothing along.
   *
   * @throws CityProblem {@code sensorthings-json} (400), also for an inline Datastream or FeatureOfInterest
   */
  public static NewObservation parseComplete(byte[] json, @Nullable Integer datastreamId) {
    var received = parse(json, datastreamId);
    if (!received.isComplete()) {
      throw JsonInput.problem("""
                              The Observation brings its %s along, expected a reference {"@iot.id": …}.
                              Maybe create it first.\
                              """.formatted(received.datastream() == null ? "FeatureOfInterest" : "Datastream"));
    }
    return received.observation();
  }

  private static ReceivedObservation read(JsonParser in, @Nullable Integer datastreamId) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw JsonInput.problem("The body is no JSON object, expected one Observation as { … }.");
    }
    var parts = new ObservationParts();
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      in.nextToken();
      parts.read(name, in);
    }
    return parts.finish(datastreamId);
  }
}
