package de.citycloud.platform.hub.connector;

import de.citycloud.platform.hub.NewSource;
import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Connects the sources that the configuration names, {@code city.sources.{municipality}.{source}}, at each start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfiguredSources.Settings.class)
class ConfiguredSources {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredSources.class);

  private final Settings settings;
  private final Sources sources;
  private final Municipalities municipalities;

  ConfiguredSources(Settings settings, Sources sources, Municipalities municipalities) {
    this.settings = settings;
    this.sources = sources;
    this.municipalities = municipalities;
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE - 10)
  void register() {
    settings.sources().forEach((town, named) -> municipalities.findBySlug(town).ifPresentOrElse(
        municipality -> CurrentMunicipality.run(municipality, () -> named.forEach(this::register)),
        () -> LOG.warn("city.sources names the municipality \"{}\", which is not known here.", town)));
  }

  private void register(String key, Configured configured) {
    try {
      var wanted = new NewSource(key, configured.kind(), configured.name() == null ? key : configured.name(),
          configured.url(), configured.every(), configured.mapping(), configured.licence(), configured.attribution());
      sources.register(wanted);
    } catch (CityProblem | IllegalArgumentException e) {
      LOG.warn("city.sources: the source \"{}\" cannot be connected: {}", key, e.getMessage());
    }
  }

  /**
   * The part of the configuration that names sources.
   *
   * @param sources by municipality, then by key
   */
  @ConfigurationProperties("city")
  record Settings(@DefaultValue Map<String, Map<String, Configured>> sources) {}

  /**
   * A source in the configuration.
   *
   * @param kind which connector reads it
   * @param name name for people; null: its key
   * @param url where to fetch it, static data first; none: it is pushed
   * @param every time between two fetches
   * @param mapping how to read it, as text in YAML; null if nothing is said
   * @param licence licence of the data; null if unknown
   * @param attribution whom to name; null if nobody
   */
  record Configured(@DefaultValue("auto") String kind, @Nullable String name, @DefaultValue List<String> url,
      @DefaultValue("15m") Duration every, @Nullable String mapping, @Nullable String licence,
      @Nullable String attribution) {}
}
