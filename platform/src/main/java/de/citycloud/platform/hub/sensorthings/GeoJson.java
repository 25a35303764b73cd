package de.citycloud.platform.hub.sensorthings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The extent of a GeoJSON geometry or Feature (RFC 7946), in degrees WGS 84, found while every coordinate is checked.
 */
final class GeoJson {
  private static final int MOST_POSITIONS = 200_000;
  private double west = Double.POSITIVE_INFINITY;
  private double south = Double.POSITIVE_INFINITY;
  private double east = Double.NEGATIVE_INFINITY;
  private double north = Double.NEGATIVE_INFINITY;
  private int positions;

  private GeoJson() {}

  /** True if an {@code encodingType} says that the value is GeoJSON. */
  static boolean isMeantBy(@Nullable String encodingType) {
    if (encodingType == null) {
      return false;
    }
    var lower = encodingType.toLowerCase(Locale.ROOT);
    return lower.contains("geo+json") || lower.contains("geojson");
  }

  /** Checks {@code node}, which stands at {@code place}; the extent is null if it holds no position. */
  static @Nullable Extent extentOf(JsonNode node, String place) {
    var reader = new GeoJson();
    reader.read(node, place);
    return reader.positions == 0 ? null : new Extent(reader.west, reader.south, reader.east, reader.north);
  }

  private void read(JsonNode node, String place) {
    var type = node.path("type").asString("");
    switch (type) {
      case "Feature" -> {
        var geometry = node.path("geometry");
        if (!geometry.isNull()) {
          read(geometry, place + "/geometry");
        }
      }
      case "FeatureCollection" -> readEach(node, place, "features");
      case "GeometryCollection" -> readEach(node, place, "geometries");
      case "Point" -> position(node.path("coordinates"), place + "/coordinates");
      case "MultiPoint" -> positions(node.path("coordinates"), place + "/coordinates", 1, 1);
      case "LineString" -> positions(node.path("coordinates"), place + "/coordinates", 1, 2);
      case "MultiLineString" -> positions(node.path("coordinates"), place + "/coordinates", 2, 2);
      case "Polygon" -> positions(node.path("coordinates"), place + "/coordinates", 2, 4);
      case "MultiPolygon" -> positions(node.path("coordinates"), place + "/coordinates", 3, 4);
      default ->
        throw JsonInput.problem("""
                                %s/type is %s, expected a GeoJSON type such as Point, LineString, Polygon or Feature.
                                Maybe the encodingType is not GeoJSON.\
                                """.formatted(place, JsonInput.shown(node.path("type"))));
    }
  }

  private void readEach(JsonNode node, String place, String name) {
    var parts = node.path(name);
    if (!parts.isArray()) {
      throw JsonInput.problem("%s/%s is %s, expected a list.".formatted(place, name, JsonInput.shown(parts)));
    }
    for (int i = 0; i < parts.size(); i++) {
      read(parts.get(i), place + "/" + name + "/" + i);
    }
  }

  /** Lists of lists of positions; the innermost ones have at least {@code least}, and rings of polygons are closed. */
  private void positions(JsonNode node, String place, int depth, int least) {
    if (!node.isArray()) {
      throw JsonInput.problem("%s is %s, expected a list.".formatted(place, JsonInput.shown(node)));
    }
    if (depth == 1) {
      if (node.size() < least) {
        throw JsonInput.problem("%s has %d positions, expected at least %d.".formatted(place, node.size(), least));
      }
      if (least == 4 && !node.get(0).equals(node.get(node.size() - 1))) {
        throw JsonInput.problem("%s ends at %s, expected its first position %s.\nA ring must be closed.".formatted(
            place, JsonInput.shown(node.get(node.size() - 1)), JsonInput.shown(node.get(0))));
      }
    }
    for (int i = 0; i < node.size(); i++) {
      if (depth == 1) {
        position(node.get(i), place + "/" + i);
      } else {
        positions(node.get(i), place + "/" + i, depth - 1, least);
      }
    }
  }

  private void position(JsonNode node, String place) {
    if (!node.isArray() || node.size() < 2 || node.size() > 4 || !node.get(0).isNumber() || !node.get(1).isNumber()) {
      throw JsonInput.problem("%s is %s, expected [longitude, latitude] in degrees.".formatted(place,
          JsonInput.shown(node)));
    }
    double longitude = node.get(0).doubleValue();
    double latitude = node.get(1).doubleValue();
    if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
      throw JsonInput.problem("""
                              %s is %s, expected a longitude from -180 to 180 and a latitude from -90 to 90 degrees.
                              Maybe they are swapped, or the coordinates are metres of a projection.\
                              """.formatted(place, JsonInput.shown(node)));
    }
    if (++positions > MOST_POSITIONS) {
      throw JsonInput.problem("%s is position %d, expected at most %d.".formatted(place, positions, MOST_POSITIONS));
    }
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }

  /** A box in degrees. */
  record Extent(double west, double south, double east, double north) {
    /** As PostgreSQL writes a {@code box}. */
    String box() {
      return "(%s,%s),(%s,%s)".formatted(east, north, west, south);
    }

    /** Its centre, as PostgreSQL writes a {@code point}. */
    String centre() {
      return "(%s,%s)".formatted((west + east) / 2, (south + north) / 2);
    }
  }
}
