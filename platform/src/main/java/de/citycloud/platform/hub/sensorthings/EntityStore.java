package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Link.Join;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.ObjectNode;

/** Rows of entities, by the metamodel: table and column names come from {@link EntityType} only, values are bound. */
@Repository
class EntityStore {
  private final JdbcClient jdbc;

  EntityStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  int insert(EntityType type, Map<String, @Nullable Object> columns) {
    var sql = "insert into %s (municipality_id%s) values (?%s) returning id".formatted(type.table(),
        columns.keySet().stream().map(column -> ", " + column).collect(Collectors.joining()),
        String.join("", Collections.nCopies(columns.size(), ", ?")));
    var statement = jdbc.sql(sql).param(municipality());
    for (var value : columns.values()) {
      statement = statement.param(value);
    }
    return statement.query(Integer.class).single();
  }

  void update(EntityType type, int id, Map<String, @Nullable Object> columns) {
    if (columns.isEmpty()) {
      return;
    }
    var sql = "update %s set %s where municipality_id = ? and id = ?".formatted(type.table(),
        columns.keySet().stream().map(column -> column + " = ?").collect(Collectors.joining(", ")));
    var statement = jdbc.sql(sql);
    for (var value : columns.values()) {
      statement = statement.param(value);
    }
    statement.param(municipality()).param(id).update();
  }

  boolean delete(EntityType type, int id) {
    return jdbc.sql("delete from %s where municipality_id = ? and id = ?".formatted(type.table()))
        .param(municipality()).param(id).update() > 0;
  }

  /** Holds the entity until the end of the transaction; false if there is none. */
  boolean lock(EntityType type, int id) {
    return jdbc.sql("select 1 from %s where municipality_id = ? and id = ? for no key update".formatted(type.table()))
        .param(municipality()).param(id).query(Integer.class).optional().isPresent();
  }

  boolean exists(EntityType type, int id) {
    return jdbc.sql("select 1 from %s where municipality_id = ? and id = ? for key share".formatted(type.table()))
        .param(municipality()).param(id).query(Integer.class).optional().isPresent();
  }

  /** A column of an entity as text. */
  Optional<String> column(EntityType type, int id, String column) {
    return jdbc.sql("select %s::text from %s where municipality_id = ? and id = ?".formatted(column, type.table()))
        .param(municipality()).param(id).query(String.class).optional();
  }

  /** The properties of an entity as SensorThings writes them; for patching. */
  Optional<ObjectNode> read(EntityType type, int id) {
    var pairs = type.properties().stream().filter(property -> property.kind() != PropertyKind.PERIOD)
        .map(property -> "'%s', %s".formatted(property.name(), property.column())).collect(Collectors.joining(", "));
    return jdbc
        .sql("select jsonb_strip_nulls(jsonb_build_object(%s))::text from %s where municipality_id = ? and id = ?"
            .formatted(pairs, type.table()))
        .param(municipality()).param(id).query(String.class).optional()
        .map(text -> JsonInput.readObject(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Removes the HistoricalLocations of which this Location is a part. */
  void deleteHistoryAt(int location) {
    jdbc.sql("""
             delete from historical_location h using historical_location_location l
             where h.municipality_id = ? and l.municipality_id = h.municipality_id and l.historical_location_id = h.id
               and l.location_id = ?
             """).param(municipality()).param(location).update();
  }

  /** True if an Observation of this Datastream has a FeatureOfInterest without naming one. */
  boolean isPlaced(int datastream) {
    return jdbc.sql("""
                    select d.default_feature_id is not null or exists (select from thing_location t
                      where t.municipality_id = d.municipality_id and t.thing_id = d.thing_id)
                    from datastream d where d.municipality_id = ? and d.id = ?
                    """).param(municipality()).param(datastream).query(Boolean.class).optional().orElse(false);
  }

  /** Links two entities by a table between them; nothing happens if they are linked already. */
  void link(Join.Through join, int source, int target) {
    jdbc.sql("insert into %s (municipality_id, %s, %s) values (?, ?, ?) on conflict do nothing".formatted(join.table(),
        join.sourceColumn(), join.targetColumn())).param(municipality()).param(source).param(target).update();
  }

  boolean unlink(Join.Through join, int source, int target) {
    return jdbc.sql("delete from %s where municipality_id = ? and %s = ? and %s = ?".formatted(join.table(),
        join.sourceColumn(), join.targetColumn())).param(municipality()).param(source).param(target).update() > 0;
  }

  void unlinkAll(Join.Through join, int source) {
    jdbc.sql("delete from %s where municipality_id = ? and %s = ?".formatted(join.table(), join.sourceColumn()))
        .param(municipality()).param(source).update();
  }

  List<Integer> linked(Join.Through join, int source) {
    return jdbc.sql("select %s from %s where municipality_id = ? and %s = ? order by 1".formatted(join.targetColumn(),
        join.table(), join.sourceColumn())).param(municipality()).param(source).query(Integer.class).list();
  }

  private static int municipality() {
    return CurrentMunicipality.get().id();
  }
}
