package de.citycloud.platform.hub.sensorthings;

import static de.citycloud.platform.hub.sensorthings.PropertyKind.GEOMETRY;
import static de.citycloud.platform.hub.sensorthings.PropertyKind.INSTANT;
import static de.citycloud.platform.hub.sensorthings.PropertyKind.JSON;
import static de.citycloud.platform.hub.sensorthings.PropertyKind.OBJECT;
import static de.citycloud.platform.hub.sensorthings.PropertyKind.PERIOD;
import static de.citycloud.platform.hub.sensorthings.PropertyKind.RESULT;
import static de.citycloud.platform.hub.sensorthings.PropertyKind.TEXT;
import static de.citycloud.platform.hub.sensorthings.Property.optional;
import static de.citycloud.platform.hub.sensorthings.Property.required;

import de.citycloud.platform.hub.sensorthings.Link.Join;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The eight kinds of entity of SensorThings, with their properties and links: the metamodel of this package. */
enum EntityType {
  THING("Things", "Thing", "thing",
      required("name", TEXT, "name"), required("description", TEXT, "description"),
      optional("properties", OBJECT, "properties")), LOCATION("Locations", "Location", "location",
          required("name", TEXT, "name"), required("description", TEXT, "description"),
          required("encodingType", TEXT, "encoding_type"), required("location", GEOMETRY, "location"),
          optional("properties", OBJECT, "properties")), HISTORICAL_LOCATION("HistoricalLocations",
              "HistoricalLocation", "historical_location",
              required("time", INSTANT, "time")), DATASTREAM("Datastreams", "Datastream", "datastream",
                  required("name", TEXT, "name"), required("description", TEXT, "description"),
                  required("observationType", TEXT, "observation_type"), required("unitOfMeasurement", OBJECT, "unit"),
                  optional("observedArea", GEOMETRY, "observed_area"), optional("phenomenonTime", PERIOD, "first_time"),
                  optional("resultTime", PERIOD, "first_result_time"),
                  optional("properties", OBJECT, "properties")), SENSOR("Sensors", "Sensor", "sensor",
                      required("name", TEXT, "name"), required("description", TEXT, "description"),
                      required("encodingType", TEXT, "encoding_type"), required("metadata", JSON, "metadata"),
                      optional("properties", OBJECT, "properties")), OBSERVED_PROPERTY("ObservedProperties",
                          "ObservedProperty", "observed_property",
                          required("name", TEXT, "name"), required("definition", TEXT, "definition"),
                          required("description", TEXT, "description"),
                          optional("properties", OBJECT, "properties")), OBSERVATION("Observations", "Observation",
                              "observation",
                              optional("phenomenonTime", PERIOD, "phenomenon_time"),
                              required("result", RESULT, "result"),
                              optional("resultTime", INSTANT, "result_time"),
                              optional("resultQuality", JSON, "details"),
                              optional("validTime", PERIOD, "details"),
                              optional("parameters", OBJECT, "details")), FEATURE_OF_INTEREST("FeaturesOfInterest",
                                  "FeatureOfInterest", "feature_of_interest",
                                  required("name", TEXT, "name"), required("description", TEXT, "description"),
                                  required("encodingType", TEXT, "encoding_type"),
                                  required("feature", GEOMETRY, "feature"),
                                  optional("properties", OBJECT, "properties"));

  private static final Map<EntityType, List<Link>> LINKS = links0();
  private static final Map<EntityType, Map<String, Link>> LINKS_BY_NAME = linksByName();
  private static final Map<String, EntityType> BY_PLURAL = Arrays.stream(values())
      .collect(Collectors.toUnmodifiableMap(EntityType::plural, Function.identity()));

  private final String plural;
  private final String singular;
  private final String table;
  private final List<Property> properties;
  private final Map<String, Property> propertiesByName;

  EntityType(String plural, String singular, String table, Property... properties) {
    this.plural = plural;
    this.singular = singular;
    this.table = table;
    this.properties = List.of(properties);
    this.propertiesByName = this.properties.stream()
        .collect(Collectors.toUnmodifiableMap(Property::name, Function.identity()));
  }

  /** Name of the set in the path: {@code ObservedProperties}. */
  String plural() {
    return plural;
  }

  /** Name of one: {@code ObservedProperty}. */
  String singular() {
    return singular;
  }

  /** Where its rows are stored. */
  String table() {
    return table;
  }

  /** In the order in which they are written. */
  List<Property> properties() {
    return properties;
  }

  /** In the order in which they are written. */
  List<Link> links() {
    return LINKS.getOrDefault(this, List.of());
  }

  Optional<Property> property(String name) {
    return Optional.ofNullable(propertiesByName.get(name));
  }

  Optional<Link> link(String name) {
    return Optional.ofNullable(LINKS_BY_NAME.getOrDefault(this, Map.of()).get(name));
  }

  /** The type whose set has this name; empty if there is none. */
  static Optional<EntityType> ofPlural(String plural) {
    return Optional.ofNullable(BY_PLURAL.get(plural));
  }

  private static Map<EntityType, List<Link>> links0() {
    var links = new EnumMap<EntityType, List<Link>>(EntityType.class);
    links.put(THING, List.of(
        many("Locations", LOCATION, new Join.Through("thing_location", "thing_id", "location_id")),
        many("HistoricalLocations", HISTORICAL_LOCATION, new Join.Backward("thing_id")),
        many("Datastreams", DATASTREAM, new Join.Backward("thing_id"))));
    links.put(LOCATION, List.of(
        many("Things", THING, new Join.Through("thing_location", "location_id", "thing_id")),
        many("HistoricalLocations", HISTORICAL_LOCATION,
            new Join.Through("historical_location_location", "location_id", "historical_location_id"))));
    links.put(HISTORICAL_LOCATION, List.of(
        one("Thing", THING, "thing_id"),
        many("Locations", LOCATION,
            new Join.Through("historical_location_location", "historical_location_id", "location_id"))));
    links.put(DATASTREAM, List.of(
        one("Thing", THING, "thing_id"),
        one("Sensor", SENSOR, "sensor_id"),
        one("ObservedProperty", OBSERVED_PROPERTY, "observed_property_id"),
        many("Observations", OBSERVATION, new Join.Backward("datastream_id"))));
    links.put(SENSOR, List.of(many("Datastreams", DATASTREAM, new Join.Backward("sensor_id"))));
    links.put(OBSERVED_PROPERTY,
        List.of(many("Datastreams", DATASTREAM, new Join.Backward("observed_property_id"))));
    links.put(OBSERVATION, List.of(
        one("Datastream", DATASTREAM, "datastream_id"),
        new Link("FeatureOfInterest", FEATURE_OF_INTEREST, false, new Join.ToFeature(), false)));
    links.put(FEATURE_OF_INTEREST, List.of(many("Observations", OBSERVATION, new Join.FromFeature())));
    return links;
  }

  private static Map<EntityType, Map<String, Link>> linksByName() {
    var links = new EnumMap<EntityType, Map<String, Link>>(EntityType.class);
    LINKS.forEach((type, all) -> links.put(type,
        all.stream().collect(Collectors.toUnmodifiableMap(Link::name, Function.identity()))));
    return links;
  }

  private static Link one(String name, EntityType target, String column) {
    return new Link(name, target, false, new Join.Forward(column), true);
  }

  private static Link many(String name, EntityType target, Join join) {
    return new Link(name, target, true, join, false);
  }
}
