package de.citycloud.platform.operation;

import de.citycloud.platform.database.StoreSpace;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Is it ready, is it alive? On the main port, for balancers and {@code ./city}; everything else of the kind answers on
 * the management port. Without its database the program lives on, but says that it is degraded.
 */
@RestController
class HealthDoor {
  private final ApplicationAvailability availability;
  private final StoreHealth store;
  private final StoreSpace space;

  HealthDoor(ApplicationAvailability availability, StoreHealth store, StoreSpace space) {
    this.space = space;
    this.availability = availability;
    this.store = store;
  }

  /** Without room on the disk it says so, but stays ready: reading goes on. */
  @GetMapping("/actuator/health")
  ResponseEntity<Map<String, String>> health() {
    return space.isShort() ? answer(HttpStatus.SERVICE_UNAVAILABLE, "DEGRADED") : readiness();
  }

  @GetMapping("/actuator/health/readiness")
  ResponseEntity<Map<String, String>> readiness() {
    if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
      return answer(HttpStatus.SERVICE_UNAVAILABLE, "OUT_OF_SERVICE");
    }
    return store.answers()
        ? answer(HttpStatus.OK, space.isShort() ? "DEGRADED" : "UP")
        : answer(HttpStatus.SERVICE_UNAVAILABLE, "DEGRADED");
  }

  @GetMapping("/actuator/health/liveness")
  ResponseEntity<Map<String, String>> liveness() {
    return availability.getLivenessState() == LivenessState.CORRECT
        ? answer(HttpStatus.OK, "UP")
        : answer(HttpStatus.SERVICE_UNAVAILABLE, "DOWN");
  }

  private static ResponseEntity<Map<String, String>> answer(HttpStatus status, String word) {
    return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).body(Map.of("status", word));
  }
}
