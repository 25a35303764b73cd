package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.ResourcePath.Step;
import java.util.List;

/** Turns the steps of a path into conditions: the entity at the end is one to which the steps lead. */
final class Reach {
  private final int municipality;
  private int aliases;

  Reach(int municipality) {
    this.municipality = municipality;
  }

  /** Conditions on {@code alias}, the table of the last step, all but its municipality; begins with {@code and}. */
  Sql conditions(List<Step> steps, String alias) {
    var sql = new Sql();
    var last = steps.getLast();
    if (last.id() != null) {
      sql.add(" and ").add(key(last.type(), last.id(), alias));
    }
    if (last.link() != null) {
      sql.add(" and ").add(linked(last.link(), steps.subList(0, steps.size() - 1), alias));
    }
    return sql;
  }

  static Sql key(EntityType type, EntityId id, String alias) {
    if (type == EntityType.OBSERVATION) {
      return id.observation().filter(Comparisons::isStorable)
          .map(key -> Sql.of("(" + alias + ".datastream_id = ").bind(key.datastreamId(), "int")
              .add(" and " + alias + ".phenomenon_time = ").add(Values.time(key.phenomenonTime()).sql())
              .add(" and " + alias + ".seq = ").bind(key.seq(), "smallint").add(")"))
          .orElseGet(() -> Sql.of("false"));
    }
    return id.number().map(key -> Sql.of(alias + ".id = ").bind(key, "int")).orElseGet(() -> Sql.of("false"));
  }

  private Sql linked(Link link, List<Step> before, String alias) {
    return switch (link.join()) {
      case Link.Join.Backward(var column) -> among(alias + "." + column, before, "id");
      case Link.Join.Forward(var column) -> among(alias + ".id", before, column);
      case Link.Join.Through(var table, var source, var target) -> Sql
          .of("%s.id in (select j.%s from %s j where j.municipality_id = ".formatted(alias, target, table))
          .bind(municipality, "int").add(" and ").add(among("j." + source, before, "id")).add(")");
      case Link.Join.ToFeature() -> {
        var from = "s" + ++aliases;
        yield Sql.of(
            """
            %1$s.id in (select coalesce(%2$s.feature_id, %2$sd.default_feature_id) from observation %2$s \
            join datastream %2$sd on %2$sd.municipality_id = %2$s.municipality_id and %2$sd.id = %2$s.datastream_id \
            where %2$s.municipality_id = \
            """.formatted(alias, from)).bind(municipality, "int").add(conditions(before, from)).add(")");
      }
      case Link.Join.FromFeature() -> Sql.of("(").add(among(alias + ".feature_id", before, "id"))
          .add(
              " or (%1$s.feature_id is null and %1$s.datastream_id in (select d.id from datastream d where d.municipality_id = "
                  .formatted(alias))
          .bind(municipality, "int").add(" and ").add(among("d.default_feature_id", before, "id")).add(")))");
    };
  }

  /** {@code column} is the {@code key} of an entity to which the steps lead. */
  private Sql among(String column, List<Step> steps, String key) {
    var last = steps.getLast();
    if (steps.size() == 1 && key.equals("id") && last.id() != null && last.type() != EntityType.OBSERVATION) {
      return last.id().number().map(id -> Sql.of(column + " = ").bind(id, "int")).orElseGet(() -> Sql.of("false"));
    }
    var from = "s" + ++aliases;
    return Sql.of("%s in (select %s.%s from %s %s where %s.municipality_id = ".formatted(column, from, key,
        last.type().table(), from, from)).bind(municipality, "int").add(conditions(steps, from)).add(")");
  }
}
