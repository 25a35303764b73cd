package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything that is asked with GET. What changes something has a controller of its own. */
@RestController
class SensorThingsRead {
  private final SensorThingsProperties properties;

  SensorThingsRead(SensorThingsProperties properties) {
    this.properties = properties;
  }

  @GetMapping({"/{municipality}/sta/v1.1", "/{municipality}/sta/v1.1/**", "/v1.1", "/v1.1/**"})
  ResponseEntity<?> read(HttpServletRequest request) {
    if (CurrentMunicipality.find().isEmpty()) {
      throw SensorThingsProblem.notFound("""
                                         No municipality of this name is known here.
                                         Maybe the address has a typing error; its first part names the municipality.\
                                         """);
    }
    var root = ServiceRoot.of(request, properties.publicUrl());
    var path = ResourcePath.parse(root.path());
    if (path.isRoot()) {
      return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(LandingPage.of(root));
    }
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Map.of());
  }
}
