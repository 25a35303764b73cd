package de.citycloud.platform.demo;

import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Runs the demo beside the program: one thread a town, ended with the program. */
@Component
@ConditionalOnBooleanProperty("city.demo.enabled")
@EnableConfigurationProperties(DemoProperties.class)
class Demo {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final String LABEL = "Demo";
  private static final Duration TICK = Duration.ofSeconds(5);

  private final DemoProperties properties;
  private final Municipalities municipalities;
  private final ApiKeys keys;
  private final DatabaseProperties database;
  private final Sources sources;
  private final int mqttPort;
  private final List<Thread> running = new ArrayList<>();

  Demo(DemoProperties properties, Municipalities municipalities, ApiKeys keys, DatabaseProperties database,
      Sources sources, @Value("${city.mqtt.port:1883}") int mqttPort) {
    this.properties = properties;
    this.municipalities = municipalities;
    this.keys = keys;
    this.database = database;
    this.sources = sources;
    this.mqttPort = mqttPort;
    // Before the first request, so that the start page finds its town.
    properties.towns().stream().map(DemoTown::read).forEach(town -> municipalities.ensure(town.slug(), town.name(),
        town.longitude(), town.latitude(), true));
  }

  @EventListener
  void start(ApplicationReadyEvent event) {
    if (!(event.getApplicationContext() instanceof WebServerApplicationContext web) || web.getWebServer() == null) {
      return;
    }
    var address = "http://127.0.0.1:" + web.getWebServer().getPort();
    for (var name : properties.towns()) {
      var town = DemoTown.read(name);
      var municipality = municipalities.getBySlug(town.slug());
      var key = newKey(municipality);
      CurrentMunicipality.run(municipality, () -> DemoSources.register(town, sources));
      LOG.info("Demo key of {} (scope write, until the next start): {}", town.name(), key);
      running.add(Thread.ofVirtual().name("demo-" + town.slug()).start(() -> feed(town, address, key)));
    }
  }

  private String newKey(Municipality municipality) {
    return CurrentMunicipality.call(municipality, () -> {
      keys.listAll().stream().filter(key -> key.label().equals(LABEL)).forEach(key -> keys.revoke(key.id()));
      return keys.create(LABEL, Scope.WRITE, null);
    });
  }

  private void feed(DemoTown town, String address, String key) {
    try (var feed = new DemoFeed(town, address, mqttPort, key, database.data())) {
      feed.setUp();
      feed.send(Instant.now());
      feed.writeHistory(properties.historyDays());
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(TICK);
        feed.send(Instant.now());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | CompletionException e) {
      LOG.warn("The demo of {} has stopped: {}", town.name(), e.getMessage(), e);
    }
  }

  @PreDestroy
  void stop() {
    running.forEach(Thread::interrupt);
  }
}
