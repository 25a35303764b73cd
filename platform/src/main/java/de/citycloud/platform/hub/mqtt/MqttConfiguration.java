package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.EntityChanges;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.sensorthings.EntityAnswers;
import de.citycloud.platform.hub.sensorthings.ObservationCreation;
import de.citycloud.platform.hub.sensorthings.ReceivedObservation;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the MQTT door together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MqttSettings.class, MqttTls.class})
class MqttConfiguration {
  @Bean
  PublishRoutes mqttRoutes(ObjectProvider<MqttTopicHandler> handlers) {
    return new PublishRoutes(handlers.orderedStream().toList());
  }

  @Bean
  Callers mqttCallers(ApiKeys keys, Municipalities municipalities,
      @Value("${city.default-municipality:ludwigsburg}") String defaultSlug) {
    return new Callers() {
      @Override
      public Optional<Caller> verify(String text) {
        return keys.verify(text)
            .flatMap(key -> municipalities.findById(key.municipalityId()).map(found -> new Caller(key, found)));
      }

      @Override
      public Optional<Municipality> findMunicipality(@Nullable String slug) {
        return municipalities.findBySlug(slug == null ? defaultSlug : slug);
      }
    };
  }

  @Bean(destroyMethod = "close")
  ExecutorService mqttBlocking() {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mqtt-", 0).factory());
  }

  @Bean(destroyMethod = "close")
  LiveTopics mqttLiveTopics(Observations observations, EntityChanges changes, EntityAnswers answers,
      Environment environment) {
    var live = new LiveTopics(municipality -> root(environment, municipality), (change, wanted) -> {
      var path = wanted.id() == null ? wanted.path() + "(" + change.id() + ")" : wanted.set() + "(" + change.id() + ")";
      var select = wanted.property() == null ? List.copyOf(wanted.select()) : List.of(wanted.property());
      return CurrentMunicipality.call(change.municipality(),
          () -> answers.find(root(environment, change.municipality()), path, select));
    });
    observations.subscribe(live::recorded, live::lagged);
    changes.subscribe(live::changed);
    return live;
  }

  private static String root(Environment environment, Municipality municipality) {
    return origin(environment) + "/" + municipality.slug() + "/sta/v1.1";
  }

  /** Links of messages: there is no request whose address they could follow. */
  private static String origin(Environment environment) {
    var configured = environment.getProperty("city.public-url", "");
    return configured.isEmpty()
        ? "http://%s:%s".formatted(environment.getProperty("server.address", "localhost"),
            environment.getProperty("local.server.port", environment.getProperty("server.port", "8080")))
        : configured.endsWith("/") ? configured.substring(0, configured.length() - 1) : configured;
  }

  @Bean
  DoorMeters mqttMeters(MeterRegistry registry) {
    return new DoorMeters(registry);
  }

  @Bean
  JdbcRejections mqttRejections(JdbcClient jdbc, ExecutorService mqttBlocking) {
    return new JdbcRejections(jdbc, mqttBlocking);
  }

  private static ObservationCreator creator(ObservationCreation creation) {
    return new ObservationCreator() {
      @Override
      public void create(ReceivedObservation received, byte[] payload) {
        creation.create(received, payload);
      }

      @Override
      public boolean isKnownPlaced(Municipality municipality, int datastream) {
        return creation.isKnownPlaced(municipality, datastream);
      }

      @Override
      public Map<Integer, CityProblem> refusalsOf(Set<Integer> datastreams) {
        return creation.refusalsOf(datastreams);
      }
    };
  }

  @Bean(destroyMethod = "close")
  ExternalBroker externalBroker(MqttSettings settings, Callers callers, Observations observations,
      ObservationCreation creation,
      PublishRoutes routes, Rejections rejections, DoorMeters meters, ExecutorService mqttBlocking) {
    return new ExternalBroker(settings, callers,
        new Intake(observations, creator(creation), routes, rejections, meters, mqttBlocking));
  }

  @Bean(destroyMethod = "close")
  MqttDoor mqttDoor(MqttSettings settings, Callers callers, Observations observations, ObservationCreation creation,
      PublishRoutes routes,
      Rejections rejections, LiveTopics live, DoorMeters meters, ExecutorService mqttBlocking, MqttTls tls) {
    var sessions = new Sessions(settings);
    meters.watch(sessions);
    return new MqttDoor(
        new DoorServices(settings, callers, observations, creator(creation), routes, rejections, sessions, live, meters,
            mqttBlocking),
        tls.door());
  }
}
