package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.ResourcePath.Form;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything that is asked with GET. What changes something has a controller of its own. */
@RestController
class SensorThingsRead {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final DataSource source;
  private final ObservationStore observations;
  private final SensorThingsProperties properties;

  SensorThingsRead(DataSource source, ObservationStore observations, SensorThingsProperties properties) {
    this.observations = observations;
    this.source = source;
    this.properties = properties;
  }

  @GetMapping({"/{municipality}/sta/v1.1", "/{municipality}/sta/v1.1/**", "/v1.1", "/v1.1/**"})
  void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var municipality = CurrentMunicipality.find()
        .orElseThrow(() -> SensorThingsProblem.notFound("""
                                                        No municipality of this name is known here.
                                                        Maybe the address has a typing error; its first part names it.\
                                                        """));
    var root = ServiceRoot.of(request, properties.publicUrl());
    var path = ResourcePath.parse(root.path());
    if (path.isRoot()) {
      send(response, MediaType.APPLICATION_JSON_VALUE, MAPPER.writeValueAsBytes(LandingPage.of(root)));
      return;
    }
    try {
      answer(municipality, root, path, request, response);
    } catch (SensorThingsProblem problem) {
      var now = observations.follow(path);
      if (problem.status() != HttpStatus.NOT_FOUND || now.equals(path)) {
        throw problem;
      }
      answer(municipality, root, now, request, response);
    }
  }

  private void answer(Municipality municipality, ServiceRoot root, ResourcePath path, HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    if (path.property().isEmpty()) {
      entities(municipality, root, path, request, response);
    } else {
      property(municipality, root, path, request, response);
    }
  }

  private void entities(Municipality municipality, ServiceRoot root, ResourcePath path, HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    var query = QueryParser.parse(path.type(), request.getQueryString());
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
      new Answers(root, request.getQueryString(), reader).write(path, answer, body);
    }
    send(response, MediaType.APPLICATION_JSON_VALUE, body.toByteArray());
  }

  /** One property of one entity, or a member below it. */
  private void property(Municipality municipality, ServiceRoot root, ResourcePath path, HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    if (request.getQueryString() != null) {
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
    send(path, value, response);
  }

  private static void send(ResourcePath path, JsonNode value, HttpServletResponse response) throws IOException {
    if (value.isMissingNode() || value.isNull()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else if (path.form() != Form.VALUE) {
      send(response, MediaType.APPLICATION_JSON_VALUE,
          MAPPER.writeValueAsBytes(Map.of(path.property().getLast(), value)));
    } else if (value.isObject() || value.isArray()) {
      send(response, MediaType.APPLICATION_JSON_VALUE, MAPPER.writeValueAsBytes(value));
    } else {
      send(response, "text/plain;charset=UTF-8", value.asString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void send(HttpServletResponse response, String type, byte[] body) throws IOException {
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
