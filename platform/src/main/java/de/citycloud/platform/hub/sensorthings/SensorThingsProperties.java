package de.citycloud.platform.hub.sensorthings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service is seen from outside ({@code city.*}).
 *
 * @param defaultMunicipality slug of the one that also answers on plain {@code /v1.1}; empty for none
 * @param publicUrl scheme, host and port for links, without a slash at the end; empty: those of each request
 */
@ConfigurationProperties("city")
record SensorThingsProperties(@DefaultValue("ludwigsburg") String defaultMunicipality,
    @DefaultValue("") String publicUrl) {
  SensorThingsProperties {
    publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
  }
}
