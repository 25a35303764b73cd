package de.citycloud.platform.portal.openapi;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The same description as OpenAPI 3.0, for tools that do not read 3.1 yet. */
@RestController
@Hidden
class OlderDescription {
  private static final String PATH = "/v3/api-docs/openapi-3.0";
  private static final Set<String> ONLY_NEWER = Set.of("jsonSchemaDialect", "webhooks", "$schema", "$id");

  private final OpenApiWebMvcResource description;
  private final JsonMapper json;

  OlderDescription(OpenApiWebMvcResource description, JsonMapper json) {
    this.description = description;
    this.json = json;
  }

  @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  String older(HttpServletRequest request, Locale locale) throws Exception {
    var api = json.readTree(description.openapiJson(request, PATH, locale));
    ((ObjectNode) api).put("openapi", "3.0.3");
    downgrade(api);
    return json.writeValueAsString(api);
  }

  /** Rewrites what JSON Schema 2020-12 says in another way than OpenAPI 3.0. */
  private static void downgrade(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(ONLY_NEWER);
      if (object.get("type") instanceof ArrayNode types) {
        types.forEach(type -> {
          if (type.asString().equals("null")) {
            object.put("nullable", true);
          } else {
            object.set("type", type);
          }
        });
      }
      limit(object, "exclusiveMinimum", "minimum");
      limit(object, "exclusiveMaximum", "maximum");
      if (object.has("const")) {
        object.putArray("enum").add(object.remove("const"));
      }
      if (object.get("examples") instanceof ArrayNode examples && !examples.isEmpty()) {
        object.remove("examples");
        object.set("example", examples.get(0));
      }
    }
    node.forEach(OlderDescription::downgrade);
  }

  private static void limit(ObjectNode schema, String exclusive, String inclusive) {
    if (schema.path(exclusive).isNumber()) {
      schema.set(inclusive, schema.get(exclusive));
      schema.put(exclusive, true);
    }
  }
}
