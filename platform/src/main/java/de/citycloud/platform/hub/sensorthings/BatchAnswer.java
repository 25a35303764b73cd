package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.problem.CityProblem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The answer to a batch as JSON, written as its requests are answered. */
final class BatchAnswer implements BatchAnswers {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
  private final JsonGenerator out = MAPPER.createGenerator(bytes, JsonEncoding.UTF8);
  private long length;

  BatchAnswer() {
    out.writeStartObject();
    out.writeArrayPropertyStart("responses");
  }

  /**
   * How one request went.
   *
   * @param location absolute address of what it wrote; empty for none
   * @param type media type of the body; empty if there is none
   */
  record Part(HttpStatus status, String location, String type, byte[] body) {
    static Part empty(HttpStatus status) {
      return new Part(status, "", "", new byte[0]);
    }

    static Part json(HttpStatus status, String location, byte[] body) {
      return new Part(status, location, body.length == 0 ? "" : MediaType.APPLICATION_JSON_VALUE, body);
    }

    static Part refused(CityProblem problem) {
      return refused(problem.status(), String.valueOf(problem.getMessage()));
    }

    static Part refused(HttpStatus status, String message) {
      return json(status, "", MAPPER.writeValueAsBytes(SensorThingsDoor.error(status, message)));
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void add(BatchRequest request, Part part) {
    length += part.body().length;
    out.writeStartObject();
    out.writeStringProperty("id", request.id());
    out.writeNumberProperty("status", part.status().value());
    if (!part.location().isEmpty()) {
      out.writeStringProperty("location", part.location());
    }
    out.writeObjectPropertyStart("headers");
    if (!part.location().isEmpty()) {
      out.writeStringProperty("location", part.location());
    }
    if (!part.type().isEmpty()) {
      out.writeStringProperty("content-type", part.type());
    }
    out.writeEndObject();
    if (!part.type().isEmpty()) {
      var body = new String(part.body(), StandardCharsets.UTF_8);
      if (part.type().startsWith(MediaType.APPLICATION_JSON_VALUE)) {
        out.writeName("body");
        out.writeRawValue(body);
      } else {
        out.writeStringProperty("body", body);
      }
    }
    out.writeEndObject();
  }

  @Override
  public byte[] finish() {
    out.writeEndArray();
    out.writeEndObject();
    out.close();
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    out.close();
  }
}
