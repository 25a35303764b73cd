package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.sensorthings.Row.Page;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes entities as SensorThings wants them. What is absent is left out. */
final class EntityJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final JsonGenerator out;
  private final String root;
  private final EntityReader reader;
  /** Options of the next page of each expand, which are the same for all entities. */
  private final Map<Query.Expand, String> next = new IdentityHashMap<>();

  /** @param root of the service, for links */
  EntityJson(JsonGenerator out, String root, EntityReader reader) {
    this.out = out;
    this.root = root;
    this.reader = reader;
  }

  /** Writes one entity of the answer itself. */
  void write(Columns columns, Row row) {
    write(columns, row, true);
  }

  private void write(Columns columns, Row row, boolean top) {
    var query = columns.query();
    var address = address(query.type(), row);
    out.writeStartObject();
    if (query.selects("id")) {
      out.writeName("@iot.id");
      writeId(query.type(), row);
    }
    if (query.selects("id") || query.selects("selfLink")) {
      out.writeStringProperty("@iot.selfLink", address);
    }
    var details = query.type() == EntityType.OBSERVATION ? details(columns, row) : null;
    for (var field : columns.fields()) {
      if (query.type() == EntityType.OBSERVATION) {
        writeOfObservation(field, row, details);
      } else {
        write(query.type(), field, row);
      }
    }
    var expands = query.expand();
    for (int i = 0; i < expands.size(); i++) {
      write(expands.get(i), row.linked()[i], address);
    }
    for (var link : query.type().links()) {
      if (query.select().isEmpty() ? top : query.select().contains(link.name())) {
        out.writeStringProperty(link.name() + "@iot.navigationLink", address + "/" + link.name());
      }
    }
    out.writeEndObject();
  }

  private void write(Query.Expand expand, @Nullable Object linked, String address) {
    var name = expand.link().name();
    if (linked instanceof Row row) {
      out.writeName(name);
      write(reader.columns(expand), row, false);
    } else if (linked instanceof Page page) {
      if (page.count() >= 0) {
        out.writeNumberProperty(name + "@iot.count", page.count());
      }
      out.writeArrayPropertyStart(name);
      for (var row : page.rows()) {
        write(reader.columns(expand), row, false);
      }
      out.writeEndArray();
      if (page.more()) {
        out.writeStringProperty(name + "@iot.nextLink", address + "/" + name + "?" + next.computeIfAbsent(expand,
            _ -> NextLink.options(expand.query(), expand.query().skip() + expand.query().page())));
      }
    }
  }

  /** Absolute address of an entity. */
  String address(EntityType type, Row row) {
    return type == EntityType.OBSERVATION
        ? root + "/Observations" + WrittenEntity.key(observationId(row).toString())
        : root + "/" + type.plural() + "(" + row.number(0) + ")";
  }

  void writeId(EntityType type, Row row) {
    if (type == EntityType.OBSERVATION) {
      out.writeString(observationId(row).toString());
    } else {
      out.writeNumber(row.number(0));
    }
  }

  private static ObservationId observationId(Row row) {
    return new ObservationId(row.number(0), instant(row, 1), row.number(2));
  }

  private static Instant instant(Row row, int at) {
    return row.values()[at] instanceof OffsetDateTime time ? time.toInstant() : Instant.EPOCH;
  }

  private void write(EntityType type, Columns.Field field, Row row) {
    int at = field.at();
    var value = row.values()[at];
    if (value == null) {
      return;
    }
    var property = field.property();
    out.writeName(property.name());
    switch (property.kind()) {
      case TEXT -> out.writeString((String) value);
      case INSTANT -> out.writeString(instant(row, at).toString());
      case PERIOD -> out.writeString(period(instant(row, at), row.values()[at + 1] == null
          ? null
          : instant(row, at + 1), type == EntityType.DATASTREAM));
      default -> out.writeRawValue((String) value);
    }
  }

  private static String period(Instant start, @Nullable Instant end, boolean always) {
    return end == null || (!always && end.equals(start)) ? start.toString() : start + "/" + end;
  }

  private static @Nullable JsonNode details(Columns columns, Row row) {
    int at = columns.details();
    var text = at < 0 ? null : row.text(at);
    return text == null ? null : MAPPER.readTree(text);
  }

  private void writeOfObservation(Columns.Field field, Row row, @Nullable JsonNode details) {
    var name = field.property().name();
    switch (name) {
      case "phenomenonTime" -> out.writeStringProperty(name, phenomenonTime(row, details));
      case "resultTime" -> {
        out.writeName(name);
        writeResultTime(row, field.at());
      }
      case "result" -> {
        out.writeName(name);
        writeResult(row.values()[field.at()], details);
      }
      default -> {
        var value = details == null ? null : details.get(name);
        if (value != null) {
          out.writeName(name);
          out.writeTree(value);
        }
      }
    }
  }

  /** One value of an Observation, null where absent: for rows of a data array. */
  void writeComponent(String component, Columns columns, Row row) {
    var details = details(columns, row);
    switch (component) {
      case "id" -> writeId(EntityType.OBSERVATION, row);
      case "phenomenonTime" -> out.writeString(phenomenonTime(row, details));
      case "result", "resultTime" -> {
        var field = columns.fields().stream().filter(it -> it.property().name().equals(component)).findFirst()
            .orElseThrow();
        if (component.equals("result")) {
          writeResult(row.values()[field.at()], details);
        } else {
          writeResultTime(row, field.at());
        }
      }
      default -> {
        var value = details == null ? null : details.get(component);
        if (value == null) {
          out.writeNull();
        } else {
          out.writeTree(value);
        }
      }
    }
  }

  /** Null where nobody said: mandatory in SensorThings, but it may be null. */
  private void writeResultTime(Row row, int at) {
    if (row.values()[at] == null) {
      out.writeNull();
    } else {
      out.writeString(instant(row, at).toString());
    }
  }

  private static String phenomenonTime(Row row, @Nullable JsonNode details) {
    var end = details == null ? null : details.get("end");
    var start = instant(row, 1);
    return end == null
        ? start.toString()
        : start + "/" + Instant.EPOCH.plus(end.asLong(), ChronoUnit.MICROS);
  }

  private void writeResult(@Nullable Object number, @Nullable JsonNode details) {
    if (number instanceof Double value) {
      // 21 and not 21.0: most sources count.
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        out.writeNumber(value.longValue());
      } else {
        out.writeNumber(value);
      }
      return;
    }
    var value = details == null ? null : details.get("result");
    if (value == null) {
      out.writeNull();
    } else {
      out.writeTree(value);
    }
  }
}
