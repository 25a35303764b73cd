package de.citycloud.platform.hub.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import de.citycloud.platform.municipality.Municipality;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads from another broker ({@code city.mqtt.broker.*}), which keeps what we have not acknowledged: each message is
 * acknowledged after its COMMIT, or once it is in quarantine. Connects again by itself, ever more slowly up to two
 * minutes. How many messages are under way is bounded by what we tell the broker to send ahead.
 */
class ExternalBroker implements SmartLifecycle, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExternalBroker.class);
  private static final int RECEIVE_MAXIMUM = 500;
  private static final long KEPT_FOR_SECONDS = TimeUnit.DAYS.toSeconds(7);
  private static final int PLAIN_PORT = 1_883;
  private static final int TLS_PORT = 8_883;

  private final MqttSettings settings;
  private final Callers callers;
  private final Intake intake;
  private volatile @Nullable Mqtt5AsyncClient client;

  ExternalBroker(MqttSettings settings, Callers callers, Intake intake) {
    this.settings = settings;
    this.callers = callers;
    this.intake = intake;
  }

  @Override
  public void start() {
    var broker = settings.broker();
    if (broker == null || client != null) {
      return;
    }
    var address = URI.create(broker.url());
    boolean tls = "mqtts".equals(address.getScheme());
    if (address.getHost() == null || !(tls || "mqtt".equals(address.getScheme()))) {
      throw new IllegalStateException("""
                                      city.mqtt.broker.url is "%s", expected mqtt://host:1883 or mqtts://host:8883.\
                                      """.formatted(broker.url()));
    }
    var builder = MqttClient.builder().useMqttVersion5().identifier(broker.clientId()).serverHost(address.getHost())
        .serverPort(address.getPort() > 0 ? address.getPort() : tls ? TLS_PORT : PLAIN_PORT)
        .automaticReconnectWithDefaultConfig()
        .addConnectedListener(connected -> LOG.info("Reading from the MQTT broker {}", broker.url()))
        .addDisconnectedListener(lost -> {
          if (lost.getSource() != MqttDisconnectSource.USER) {
            LOG.warn("The MQTT broker {} is not connected, trying again: {}", broker.url(),
                lost.getCause().getMessage());
          }
        });
    if (tls) {
      builder = builder.sslWithDefaultConfig();
    }
    var user = broker.user();
    if (user != null) {
      builder = builder.simpleAuth().username(user).password(broker.password().getBytes(StandardCharsets.UTF_8))
          .applySimpleAuth();
    }
    var made = builder.buildAsync();
    client = made;
    // Listens before it connects: the broker may send at once what it kept for us.
    made.publishes(MqttGlobalPublishFilter.ALL, this::receive, true);
    made.connectWith().cleanStart(false).sessionExpiryInterval(KEPT_FOR_SECONDS).restrictions()
        .receiveMaximum(RECEIVE_MAXIMUM).maximumPacketSize((int) settings.packet().toBytes()).applyRestrictions()
        .send().whenComplete((connack, failure) -> {
          if (failure == null) {
            broker.topics().forEach(topic -> subscribe(made, topic));
          }
        });
  }

  private static void subscribe(Mqtt5AsyncClient made, String topic) {
    made.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send().whenComplete((suback, failure) -> {
      if (failure != null) {
        LOG.warn("The MQTT broker does not let us subscribe to \"{}\": {}", topic, failure.getMessage());
      }
    });
  }

  private void receive(Mqtt5Publish publish) {
    intake.blocking().execute(() -> {
      var topic = publish.getTopic().toString();
      try {
        var municipality = municipality(topic);
        if (municipality.isEmpty()) {
          LOG.warn("A message of the MQTT broker is passed over: its topic \"{}\" belongs to no municipality.", topic);
          publish.acknowledge();
          return;
        }
        intake.take(municipality.get(), topic, publish.getPayloadAsBytes(), "broker").thenRun(publish::acknowledge);
      } catch (RuntimeException e) {
        LOG.warn("A message of the MQTT broker to \"{}\" waits: {}", topic, e.getMessage());
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, intake.blocking()).execute(() -> receive(publish));
      }
    });
  }

  /** The first level of the topic, or else the configured one, or else the default one. */
  private Optional<Municipality> municipality(String topic) {
    int slash = topic.indexOf('/');
    var named = slash > 0 ? callers.findMunicipality(topic.substring(0, slash)) : Optional.<Municipality>empty();
    var broker = settings.broker();
    return named.isPresent() ? named : callers.findMunicipality(broker == null ? null : broker.municipality());
  }

  @Override
  public void stop() {
    var running = client;
    if (running != null) {
      client = null;
      running.disconnect().orTimeout(2, TimeUnit.SECONDS).exceptionally(e -> null).join();
    }
  }

  @Override
  public void close() {
    stop();
  }

  @Override
  public boolean isRunning() {
    return client != null;
  }
}
