package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.EntityReader.Answer;
import de.citycloud.platform.hub.sensorthings.ResourcePath.Form;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes whole answers: an entity, a set, its addresses, or a data array. */
final class Answers {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final ServiceRoot root;
  private final @Nullable String queryString;
  private final EntityReader reader;

  Answers(ServiceRoot root, @Nullable String queryString, EntityReader reader) {
    this.root = root;
    this.queryString = queryString;
    this.reader = reader;
  }

  /** Writes what was read at {@code path}, which is an entity or a set. */
  void write(ResourcePath path, Answer answer, OutputStream to) {
    try (var out = MAPPER.createGenerator(to, JsonEncoding.UTF8)) {
      var entities = new EntityJson(out, root.url(), reader);
      if (!path.isSet()) {
        one(path, answer, out, entities);
        return;
      }
      out.writeStartObject();
      if (answer.page().count() >= 0) {
        out.writeNumberProperty("@iot.count", answer.page().count());
      }
      if (answer.page().more()) {
        var query = answer.columns().query();
        out.writeStringProperty("@iot.nextLink", root.url() + NextLink.path(root.path()) + "?"
            + NextLink.options(queryString, query.skip() + query.page()));
      }
      out.writeArrayPropertyStart("value");
      if (answer.columns().query().dataArray()) {
        dataArray(answer, out, entities);
      } else {
        for (var row : answer.page().rows()) {
          if (path.form() == Form.REFERENCE) {
            reference(answer.columns(), row, out, entities);
          } else {
            entities.write(answer.columns(), row);
          }
        }
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static void one(ResourcePath path, Answer answer, JsonGenerator out, EntityJson entities) {
    var row = answer.page().rows().getFirst();
    if (path.form() == Form.REFERENCE) {
      reference(answer.columns(), row, out, entities);
    } else {
      entities.write(answer.columns(), row);
    }
  }

  private static void reference(Columns columns, Row row, JsonGenerator out, EntityJson entities) {
    out.writeStartObject();
    out.writeStringProperty("@iot.selfLink", entities.address(columns.query().type(), row));
    out.writeEndObject();
  }

  /** Observations as rows, one block for each Datastream (OGC 18-088, section 12). */
  private void dataArray(Answer answer, JsonGenerator out, EntityJson entities) {
    var columns = answer.columns();
    var blocks = new LinkedHashMap<Integer, List<Row>>();
    for (var row : answer.page().rows()) {
      blocks.computeIfAbsent(row.number(0), _ -> new ArrayList<>()).add(row);
    }
    var components = components(columns.query());
    for (var block : blocks.entrySet()) {
      out.writeStartObject();
      out.writeStringProperty("Datastream@iot.navigationLink", root.url() + "/Datastreams(" + block.getKey() + ")");
      out.writeArrayPropertyStart("components");
      components.forEach(out::writeString);
      out.writeEndArray();
      out.writeNumberProperty("dataArray@iot.count", block.getValue().size());
      out.writeArrayPropertyStart("dataArray");
      for (var row : block.getValue()) {
        out.writeStartArray();
        for (var component : components) {
          entities.writeComponent(component, columns, row);
        }
        out.writeEndArray();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static List<String> components(Query query) {
    var components = new ArrayList<String>();
    if (query.select().isEmpty()) {
      components.add("id");
      query.type().properties().forEach(property -> components.add(property.name()));
    } else {
      query.select().stream().filter(name -> name.equals("id") || query.type().property(name).isPresent())
          .forEach(components::add);
    }
    return components;
  }
}
