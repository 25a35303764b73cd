package de.citycloud.platform.portal.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
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
    return new OpenAPI().info(new Info().title("Smart City Cloud").version("1.1").description("""
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
}
