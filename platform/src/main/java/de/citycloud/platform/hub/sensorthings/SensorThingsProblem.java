package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.problem.CityProblem;
import org.springframework.http.HttpStatus;

/** A call that cannot be answered as asked; leaves in the error form of SensorThings. */
final class SensorThingsProblem extends CityProblem {
  private static final long serialVersionUID = 1L;

  private SensorThingsProblem(String slug, HttpStatus status, String message) {
    super(slug, status, message);
  }

  /** 400: the caller must ask otherwise. */
  static SensorThingsProblem badRequest(String message) {
    return new SensorThingsProblem("sensorthings-request", HttpStatus.BAD_REQUEST, message);
  }

  /** 404: the path leads nowhere. */
  static SensorThingsProblem notFound(String message) {
    return new SensorThingsProblem("sensorthings-not-found", HttpStatus.NOT_FOUND, message);
  }
}
