package de.citycloud.platform.hub.sensorthings;

/**
 * A way from one entity to others.
 *
 * @param name as in the path and in JSON: {@code Datastreams}, {@code Thing}
 * @param target where it leads
 * @param many true if it leads to a set, false if to at most one
 * @param join how the rows find each other
 * @param required true if an entity cannot be created without it
 */
record Link(String name, EntityType target, boolean many, Join join, boolean required) {
  /** How rows of the source and of the target find each other, always within one municipality. */
  sealed interface Join {
    /** The source row names the target: {@code source.column = target.id}. */
    record Forward(String column) implements Join {}

    /** The target row names the source: {@code target.column = source.id}. */
    record Backward(String column) implements Join {}

    /** A table between them. */
    record Through(String table, String sourceColumn, String targetColumn) implements Join {}

    /** Observation to FeatureOfInterest: its own, else the default one of its Datastream. */
    record ToFeature() implements Join {}

    /** FeatureOfInterest to Observations: the other way round. */
    record FromFeature() implements Join {}
  }
}
