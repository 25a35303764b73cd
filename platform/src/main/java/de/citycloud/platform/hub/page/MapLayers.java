package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.PlaceKind;
import de.citycloud.platform.hub.Places;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.databind.json.JsonMapper;

/** Map data: one GeoJSON layer for each kind of place, and {@code all}. */
@RestController
class MapLayers {
  private static final String ALL = "all";
  private final Municipalities municipalities;
  private final Places places;
  private final JsonMapper json;

  MapLayers(Municipalities municipalities, Places places, JsonMapper json) {
    this.municipalities = municipalities;
    this.places = places;
    this.json = json;
  }

  /** The places of one layer with their newest values (RFC 7946). */
  @GetMapping("/{municipality}/map/{layer}.geojson")
  @Nullable
  ResponseEntity<byte[]> layer(@PathVariable("municipality") String municipality,
      @PathVariable("layer") String layer, @RequestParam(name = "bbox", required = false) @Nullable String bbox,
      WebRequest request) {
    municipalities.getBySlug(municipality);
    var now = Instant.now();
    var found = places.list(kinds(layer), bbox == null ? null : bounds(bbox));
    var collection = json.createObjectNode().put("type", "FeatureCollection");
    if (found.size() == Places.LIMIT) {
      collection.put("truncated", true);
    }
    var features = collection.putArray("features");
    found.forEach(place -> features.add(PlaceJson.feature(place, now)));
    var body = json.writeValueAsBytes(collection);
    if (request.checkNotModified(etag(body))) {
      return null;
    }
    return ResponseEntity.ok().cacheControl(CacheControl.noCache())
        .contentType(MediaType.parseMediaType("application/geo+json")).body(body);
  }

  private static Set<PlaceKind> kinds(String layer) {
    return layer.equals(ALL)
        ? Set.of()
        : Set.of(PlaceKind.find(layer).orElseThrow(() -> new CityProblem("layer-not-found", HttpStatus.NOT_FOUND,
            """
            The map layer is "%s", expected one of %s.
            Maybe ask for "all" and choose by the property "kind".\
            """.formatted(layer, Stream.concat(Stream.of(ALL), Arrays.stream(PlaceKind.values()).map(PlaceKind::key))
                .collect(Collectors.joining(", "))))));
  }

  private static Places.Bounds bounds(String bbox) {
    try {
      var edges = Arrays.stream(bbox.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      if (edges.length == 4) {
        return new Places.Bounds(edges[0], edges[1], edges[2], edges[3]);
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one message for every malformed box
    }
    throw new CityProblem("bbox", HttpStatus.BAD_REQUEST,
        """
        bbox is "%s", expected west,south,east,north in degrees (WGS 84) with west ≤ east and south ≤ north.
        Maybe try bbox=9.15,48.87,9.23,48.92.\
        """.formatted(bbox.length() > 100 ? bbox.substring(0, 100) + "…" : bbox));
  }

  private static String etag(byte[] body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "\"" + Long.toHexString(ByteBuffer.wrap(digest).getLong()) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java.", e);
    }
  }
}
