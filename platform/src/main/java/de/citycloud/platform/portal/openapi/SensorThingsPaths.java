package de.citycloud.platform.portal.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Map;

/** The main paths of OGC SensorThings 1.1; its navigation goes deeper than OpenAPI can say. */
final class SensorThingsPaths {
  private static final String BASE = "/{municipality}/sta/v1.1";
  private static final List<String> SETS = List.of("Things", "Locations", "HistoricalLocations", "Datastreams",
      "Sensors", "ObservedProperties", "Observations", "FeaturesOfInterest");
  /** Query options with an example each. */
  private static final Map<String, String> OPTIONS = Map.of("$filter", "properties/kind eq 'parking'", "$expand",
      "Datastreams($select=name)", "$select", "name,properties", "$orderby", "name asc", "$count", "true");

  private SensorThingsPaths() {}

  static void addTo(OpenAPI api) {
    api.path(BASE, new PathItem().get(read("Landing page: entity sets and conformance list")
        .addParametersItem(municipality())));
    api.path(BASE + "/{entitySet}",
        new PathItem().get(withOptions(read("Entities of a set, page by page"))
            .addParametersItem(municipality()).addParametersItem(entitySet()))
            .post(write("Create an entity, with others inside it if you like", "201")
                .addParametersItem(municipality()).addParametersItem(entitySet())));
    api.path(BASE + "/{entitySet}({id})",
        new PathItem().get(withOptions(read("One entity")).addParametersItem(municipality())
            .addParametersItem(entitySet()).addParametersItem(id()))
            .patch(write("Change some properties (JSON merge)", "200").addParametersItem(municipality())
                .addParametersItem(entitySet()).addParametersItem(id()))
            .put(write("Replace an entity", "200").addParametersItem(municipality()).addParametersItem(entitySet())
                .addParametersItem(id()))
            .delete(write("Delete an entity and what belongs to it", "200").requestBody(null)
                .addParametersItem(municipality()).addParametersItem(entitySet()).addParametersItem(id())));
    api.path(BASE + "/{entitySet}({id})/{navigation}",
        new PathItem().get(withOptions(read("What is linked to an entity, e.g. Datastreams(1)/Observations"))
            .addParametersItem(municipality()).addParametersItem(entitySet()).addParametersItem(id())
            .addParametersItem(new Parameter().in("path").name("navigation").required(true)
                .schema(new StringSchema()).example("Observations"))));
    api.path(BASE + "/CreateObservations", new PathItem().post(
        write("Create many Observations, as data array", "201").addParametersItem(municipality())));
    api.path(BASE + "/$batch",
        new PathItem()
            .post(write("Several calls in one (JSON or multipart/mixed)", "200").addParametersItem(municipality())));
  }

  private static Operation read(String summary) {
    return new Operation().addTagsItem("SensorThings 1.1").summary(summary).responses(new ApiResponses()
        .addApiResponse("200", json("The answer", new ObjectSchema())).addApiResponse("400", error("Not understood"))
        .addApiResponse("404", error("Not known")));
  }

  private static Operation write(String summary, String success) {
    return new Operation().addTagsItem("SensorThings 1.1").summary(summary)
        .requestBody(new RequestBody().required(true)
            .content(new Content().addMediaType("application/json", new MediaType().schema(new ObjectSchema()))))
        .addSecurityItem(new SecurityRequirement().addList(ApiDescription.KEY))
        .addSecurityItem(new SecurityRequirement().addList("bearer"))
        .responses(new ApiResponses().addApiResponse(success, new ApiResponse().description("Done and durable"))
            .addApiResponse("400", error("Not understood")).addApiResponse("401", error("No valid key"))
            .addApiResponse("503", error("Busy: try again after Retry-After")));
  }

  private static Operation withOptions(Operation operation) {
    OPTIONS.forEach((name, example) -> operation.addParametersItem(
        new Parameter().in("query").name(name).schema(new StringSchema()).example(example)));
    return operation
        .addParametersItem(new Parameter().in("query").name("$top").schema(new IntegerSchema()).example(10))
        .addParametersItem(new Parameter().in("query").name("$skip").schema(new IntegerSchema()).example(0));
  }

  private static Parameter municipality() {
    return new Parameter().in("path").name("municipality").required(true).schema(new StringSchema())
        .example("ludwigsburg");
  }

  private static Parameter entitySet() {
    var schema = new StringSchema();
    SETS.forEach(schema::addEnumItem);
    return new Parameter().in("path").name("entitySet").required(true).schema(schema);
  }

  private static Parameter id() {
    return new Parameter().in("path").name("id").required(true).schema(new StringSchema()).example("1");
  }

  private static ApiResponse error(String description) {
    return json(description,
        new ObjectSchema().addProperty("code", new IntegerSchema()).addProperty("message", new StringSchema()));
  }

  private static ApiResponse json(String description, Schema<?> schema) {
    return new ApiResponse().description(description)
        .content(new Content().addMediaType("application/json", new MediaType().schema(schema)));
  }
}
