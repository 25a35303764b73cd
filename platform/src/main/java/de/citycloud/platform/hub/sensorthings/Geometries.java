package de.citycloud.platform.hub.sensorthings;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Geometries from well-known text and from GeoJSON, in degrees WGS 84: x = longitude, y = latitude. */
final class Geometries {
  private static final GeometryFactory FACTORY = new GeometryFactory(new PrecisionModel(), 4326);
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final int MOST_POINTS = 5_000;

  private Geometries() {}

  static Point point(double longitude, double latitude) {
    return FACTORY.createPoint(new Coordinate(longitude, latitude));
  }

  /** @throws IllegalArgumentException that says what is wrong with the text */
  static Geometry ofText(String wkt) {
    try {
      var text = wkt.startsWith("SRID=4326;") ? wkt.substring(10) : wkt;
      var geometry = new WKTReader(FACTORY).read(text);
      for (var coordinate : geometry.getCoordinates()) {
        if (!Double.isFinite(coordinate.x) || !Double.isFinite(coordinate.y)) {
          throw new IllegalArgumentException("has a coordinate that is no finite number.");
        }
      }
      if (geometry.getNumPoints() > MOST_POINTS || geometry.isEmpty()) {
        throw new IllegalArgumentException("has %d points, expected 1 to %d.".formatted(geometry.getNumPoints(),
            MOST_POINTS));
      }
      if (!geometry.isValid()) {
        throw new IllegalArgumentException("crosses itself, expected a valid geometry.");
      }
      return geometry;
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "is no well-known text such as POINT(9.19 48.89): %s".formatted(e.getMessage()), e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("is nested too deep.", e);
    }
  }

  /** The geometry of stored GeoJSON, also of a Feature; null if it is none. */
  static @Nullable Geometry ofJson(String json) {
    try {
      return ofJson(MAPPER.readTree(json), 0);
    } catch (JacksonException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Geometry ofJson(JsonNode json, int depth) {
    var parts = json.path("coordinates");
    return depth > 10 ? null : switch (json.path("type").asString("")) {
      case "Point" -> FACTORY.createPoint(coordinate(parts));
      case "LineString" -> line(parts);
      case "Polygon" -> polygon(parts);
      case "MultiPoint" -> FACTORY.createMultiPointFromCoords(coordinates(parts));
      case "MultiLineString" -> FACTORY.createMultiLineString(
          parts.valueStream().map(Geometries::line).toArray(LineString[]::new));
      case "MultiPolygon" -> FACTORY.createMultiPolygon(
          parts.valueStream().map(Geometries::polygon).toArray(Polygon[]::new));
      case "GeometryCollection" -> collection(json.path("geometries"), depth);
      case "Feature" -> ofJson(json.path("geometry"), depth + 1);
      case "FeatureCollection" -> collection(json.path("features"), depth);
      default -> null;
    };
  }

  private static Geometry collection(JsonNode members, int depth) {
    List<Geometry> geometries = new ArrayList<>();
    for (var member : members) {
      var geometry = ofJson(member, depth + 1);
      if (geometry != null) {
        geometries.add(geometry);
      }
    }
    return FACTORY.buildGeometry(geometries);
  }

  private static LineString line(JsonNode parts) {
    return FACTORY.createLineString(coordinates(parts));
  }

  private static Polygon polygon(JsonNode parts) {
    var rings = parts.valueStream().map(ring -> FACTORY.createLinearRing(coordinates(ring))).toArray(LinearRing[]::new);
    if (rings.length == 0) {
      throw new IllegalArgumentException("A polygon without a ring");
    }
    return FACTORY.createPolygon(rings[0], java.util.Arrays.copyOfRange(rings, 1, rings.length));
  }

  private static Coordinate[] coordinates(JsonNode parts) {
    return parts.valueStream().map(Geometries::coordinate).toArray(Coordinate[]::new);
  }

  private static Coordinate coordinate(JsonNode pair) {
    if (!pair.path(0).isNumber() || !pair.path(1).isNumber()) {
      throw new IllegalArgumentException("A coordinate is no pair of numbers");
    }
    return new Coordinate(pair.get(0).doubleValue(), pair.get(1).doubleValue());
  }
}
