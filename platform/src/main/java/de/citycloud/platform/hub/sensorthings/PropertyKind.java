package de.citycloud.platform.hub.sensorthings;

/** What a property holds, which decides how it is read, written and compared. */
enum PropertyKind {
  /** A text. */
  TEXT,
  /** A JSON object, whose members can be addressed: {@code properties/kind}. */
  OBJECT,
  /** Any JSON: metadata of a Sensor, quality of a result. */
  JSON,
  /** A geometry as GeoJSON, where the encodingType says so; else any JSON. */
  GEOMETRY,
  /** A point in time. */
  INSTANT,
  /** A point in time or an interval {@code start/end}. */
  PERIOD,
  /** The result of an Observation: a number, a text, or any other JSON. */
  RESULT
}
