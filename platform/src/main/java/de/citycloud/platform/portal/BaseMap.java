package de.citycloud.platform.portal;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.time.Duration;
import java.util.Locale;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The ground under the live map, our own data: {@code demo/<municipality>/basemap.geojson} and {@code houses.geojson}.
 * Where a municipality has none, a grid of kilometres around its centre stands in.
 */
@RestController
class BaseMap {
  private static final CacheControl CACHE = CacheControl.maxAge(Duration.ofHours(1)).cachePublic();
  private static final int GRID_KILOMETRES = 8;
  private final Municipalities municipalities;
  private final JsonMapper json;

  BaseMap(Municipalities municipalities, JsonMapper json) {
    this.municipalities = municipalities;
    this.json = json;
  }

  @GetMapping("/{municipality}/map/basemap.geojson")
  ResponseEntity<Resource> ground(@PathVariable("municipality") String slug) {
    var municipality = municipalities.getBySlug(slug);
    var drawn = drawn(municipality, "basemap.geojson");
    return answer(drawn.exists() ? drawn : new ByteArrayResource(grid(municipality)));
  }

  @GetMapping("/{municipality}/map/houses.geojson")
  ResponseEntity<Resource> houses(@PathVariable("municipality") String slug) {
    var drawn = drawn(municipalities.getBySlug(slug), "houses.geojson");
    return answer(drawn.exists()
        ? drawn
        : new ByteArrayResource(
            json.writeValueAsBytes(json.createObjectNode().put("type", "FeatureCollection").set("features",
                json.createArrayNode()))));
  }

  private static Resource drawn(Municipality municipality, String file) {
    return new ClassPathResource("demo/" + municipality.slug() + "/" + file);
  }

  private static ResponseEntity<Resource> answer(Resource data) {
    return ResponseEntity.ok().cacheControl(CACHE).contentType(MediaType.parseMediaType("application/geo+json"))
        .body(data);
  }

  /** Lines of whole kilometres and the name of the town: no streets are better than wrong ones. */
  private byte[] grid(Municipality municipality) {
    var collection = json.createObjectNode().put("type", "FeatureCollection");
    var features = collection.putArray("features");
    double north = 1 / 111.32;
    double east = north / Math.cos(Math.toRadians(Math.clamp(municipality.latitude(), -85, 85)));
    for (int i = -GRID_KILOMETRES; i <= GRID_KILOMETRES; i++) {
      double x = municipality.longitude() + i * east;
      double y = municipality.latitude() + i * north;
      line(features, x, municipality.latitude() - GRID_KILOMETRES * north, x,
          municipality.latitude() + GRID_KILOMETRES * north);
      line(features, municipality.longitude() - GRID_KILOMETRES * east, y,
          municipality.longitude() + GRID_KILOMETRES * east, y);
    }
    var label = features.addObject().put("type", "Feature");
    label.putObject("properties").put("layer", "town").put("name", municipality.name());
    label.putObject("geometry").put("type", "Point").putArray("coordinates").add(municipality.longitude())
        .add(municipality.latitude());
    return json.writeValueAsBytes(collection);
  }

  private static void line(ArrayNode features, double fromX, double fromY, double toX, double toY) {
    var feature = features.addObject().put("type", "Feature");
    feature.putObject("properties").put("layer", "grid");
    var ends = feature.putObject("geometry").put("type", "LineString").putArray("coordinates");
    ends.addArray().add(rounded(fromX)).add(rounded(fromY));
    ends.addArray().add(rounded(toX)).add(rounded(toY));
  }

  private static double rounded(double degrees) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.5f", degrees));
  }
}
