package de.citycloud.platform.portal.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What springdoc cannot read from the controllers: who we are, keys, and the generic doors of SensorThings. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  /** Name of the security scheme of writing calls. */
  static final String KEY = "apiKey";

  @Bean
  OpenAPI cityApi() {
    return new OpenAPI().info(new Info().title("Smart City Cloud").version("1.1")
        .description("""
                     Everything a municipality measures. Reading is open; writing needs an API key of the municipality.
                     Errors are RFC 9457 problems, below /sta/ the error form of SensorThings.""")
        .license(new License().name("EUPL-1.2")
            .url("https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12")))
        .components(new Components()
            .addSecuritySchemes(KEY, new SecurityScheme().type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER).name("X-API-Key").description("A key made with ./city key create"))
            .addSecuritySchemes("bearer", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                .description("The same key as bearer token")));
  }

  @Bean
  OpenApiCustomizer sensorThings() {
    return SensorThingsPaths::addTo;
  }

  /** Doors whose answers are written piece by piece, so that no type says what they are. */
  @Bean
  OpenApiCustomizer streams() {
    return api -> {
      stream(api, "/{municipality}/live", "New values as server-sent events", "text/event-stream");
      stream(api, "/{municipality}/datastreams/{id}.csv", "Values of a Datastream as a table", "text/csv");
      stream(api, "/{municipality}/datastreams/{id}.json", "Values of a Datastream as JSON", "application/json");
    };
  }

  private static void stream(OpenAPI api, String path, String summary, String mediaType) {
    if (api.getPaths() != null && api.getPaths().containsKey(path)) {
      return; // springdoc read it from the controller
    }
    var operation = new Operation().addTagsItem("Values").summary(summary)
        .addParametersItem(new Parameter().in("path").name("municipality").required(true).schema(new StringSchema()))
        .responses(new ApiResponses().addApiResponse("200", new ApiResponse().description("The values")
            .content(new Content().addMediaType(mediaType, new MediaType().schema(new StringSchema())))));
    if (path.contains("{id}")) {
      operation.addParametersItem(
          new Parameter().in("path").name("id").required(true).schema(new IntegerSchema()).example(1));
    }
    api.path(path, new PathItem().get(operation));
  }
}
