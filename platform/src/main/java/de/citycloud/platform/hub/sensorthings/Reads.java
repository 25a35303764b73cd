package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.ResourcePath.Form;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything that is asked with GET, whoever asks: a call, a part of a batch. */
@Service
class Reads {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final DataSource source;
  private final ObservationStore observations;

  Reads(DataSource source, ObservationStore observations) {
    this.observations = observations;
    this.source = source;
  }

  /**
   * What stands at {@code root.path()} of the current municipality.
   *
   * @param options behind the question mark, percent-encoded; null for none
   */
  Reply get(ServiceRoot root, @Nullable String options) {
    var municipality = CurrentMunicipality.find()
        .orElseThrow(() -> SensorThingsProblem.notFound("""
                                                        No municipality of this name is known here.
                                                        Maybe the address has a typing error; its first part names it.\
                                                        """));
    var path = ResourcePath.parse(root.path());
    if (path.isRoot()) {
      return Reply.json(HttpStatus.OK, MAPPER.writeValueAsBytes(LandingPage.of(root)));
    }
    try {
      return answer(municipality, root, path, options);
    } catch (SensorThingsProblem problem) {
      var now = observations.follow(path);
      if (problem.status() != HttpStatus.NOT_FOUND || now.equals(path)) {
        throw problem;
      }
      return answer(municipality, root, now, options);
    }
  }

  /**
   * Keys of the entities of the set at {@code path} for which {@code filter} holds: numbers, or {@link ObservationId}s
   * of Observations. At most one more than {@code most}.
   */
  List<Object> keys(ResourcePath path, Query filter, int most) {
    var query = new Query(path.type(), List.of("id"), List.of(), filter.filter(), List.of(), most, 0, false, false,
        new Query.Texts(null, null, null));
    try (var statements = new Statements(source, CurrentMunicipality.get().id())) {
      return new EntityReader(statements).keys(path, query);
    }
  }

  private Reply answer(Municipality municipality, ServiceRoot root, ResourcePath path, @Nullable String options) {
    if (path.property().isEmpty()) {
      return entities(municipality, root, path, options);
    }
    return property(municipality, root, path, options);
  }

  private Reply entities(Municipality municipality, ServiceRoot root, ResourcePath path, @Nullable String options) {
    var query = QueryParser.parse(path.type(), options);
    if (query.dataArray() && (!path.isSet() || path.form() == Form.REFERENCE || !query.expand().isEmpty())) {
      throw SensorThingsProblem.badRequest(
          "resultFormat is dataArray, expected a set of Observations without $ref and $expand.");
    }
    if (!path.isSet() && (query.filter() != null || !query.orderBy().isEmpty() || query.top() != null
        || query.skip() > 0 || query.count())) {
      throw SensorThingsProblem.badRequest(
          "One %s is asked for, expected no option but $select and $expand.".formatted(path.type().singular()));
    }
    var body = new ByteArrayOutputStream(16_384);
    try (var statements = new Statements(source, municipality.id())) {
      var reader = new EntityReader(statements);
      var answer = reader.read(path, query);
      if (!path.isSet() && answer.page().rows().isEmpty()) {
        throw EntityReader.missing(path.last());
      }
      new Answers(root, options, reader).write(path, answer, body);
    }
    return Reply.json(HttpStatus.OK, body.toByteArray());
  }

  /** One property of one entity, or a member below it. */
  private Reply property(Municipality municipality, ServiceRoot root, ResourcePath path, @Nullable String options) {
    if (options != null) {
      throw SensorThingsProblem.badRequest("A property is asked for, expected no options behind the question mark.");
    }
    var first = path.property().getFirst();
    var name = first.startsWith("@iot.") ? first.substring(5) : first;
    var body = new ByteArrayOutputStream();
    try (var statements = new Statements(source, municipality.id())) {
      var reader = new EntityReader(statements);
      var answer = reader.read(new ResourcePath(path.steps(), List.of(), Form.ENTITY),
          Query.all(path.type()).withSelect(List.of(name)));
      if (answer.page().rows().isEmpty()) {
        throw EntityReader.missing(path.last());
      }
      new Answers(root, null, reader).write(new ResourcePath(path.steps(), List.of(), Form.ENTITY), answer, body);
    }
    var value = MAPPER.readTree(body.toByteArray())
        .path(name.equals("id") || name.equals("selfLink") ? "@iot." + name : name);
    for (var member : path.property().subList(1, path.property().size())) {
      value = value.isArray() && member.matches("\\d{1,9}") ? value.path(Integer.parseInt(member)) : value.path(member);
    }
    return reply(path, value);
  }

  private static Reply reply(ResourcePath path, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Reply.empty(HttpStatus.NO_CONTENT);
    }
    if (path.form() != Form.VALUE) {
      return Reply.json(HttpStatus.OK, MAPPER.writeValueAsBytes(Map.of(path.property().getLast(), value)));
    }
    return value.isObject() || value.isArray()
        ? Reply.json(HttpStatus.OK, MAPPER.writeValueAsBytes(value))
        : new Reply(HttpStatus.OK, "text/plain;charset=UTF-8", null, value.asString().getBytes(StandardCharsets.UTF_8));
  }
}
