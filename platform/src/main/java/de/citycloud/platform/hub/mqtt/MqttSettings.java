package de.citycloud.platform.hub.mqtt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The MQTT door and the external broker ({@code city.mqtt.*}).
 *
 * @param enabled false closes the door; the external broker is independent of it
 * @param address where the door listens
 * @param port 1 to 65535; 0 takes any free one
 * @param packet largest packet from a client
 * @param connections clients at the same time
 * @param subscriptions of one connection
 * @param receiveMaximum messages of one connection without PUBACK, 1 to 65535; MQTT 5 clients are told, reading from
 *     others pauses there
 * @param inFlight payload of all connections that is not yet stored; above that reading pauses
 * @param outgoing what may wait for one slow subscriber before it is cut
 * @param slow how long a subscriber may take nothing before it is cut
 * @param connect how long a client may take from the TCP connection to its CONNECT
 * @param patience how long a message waits for a busy store before it is refused
 * @param broker an external broker to read from; absent: none
 */
@ConfigurationProperties("city.mqtt")
record MqttSettings(@DefaultValue("true") boolean enabled, @DefaultValue("127.0.0.1") String address,
    @DefaultValue("1883") int port, @DefaultValue("1MB") DataSize packet, @DefaultValue("4096") int connections,
    @DefaultValue("100") int subscriptions, @DefaultValue("1000") int receiveMaximum,
    @DefaultValue("64MB") DataSize inFlight, @DefaultValue("4MB") DataSize outgoing, @DefaultValue("20s") Duration slow,
    @DefaultValue("10s") Duration connect, @DefaultValue("10s") Duration patience, @Nullable Broker broker) {

  /**
   * An external broker, such as Mosquitto or HiveMQ, which keeps messages for us while we are away.
   *
   * @param url {@code mqtt://host:1883} or {@code mqtts://host:8883}
   * @param user user name there; absent: none
   * @param password its password
   * @param topics topic filters to subscribe to
   * @param municipality slug of the municipality to which topics without one belong; absent: the default one
   * @param clientId the name of our session there; must stay the same for the broker to keep messages
   */
  record Broker(String url, @Nullable String user, @DefaultValue("") String password,
      @DefaultValue("v1.1/Observations") java.util.List<String> topics, @Nullable String municipality,
      @DefaultValue("smart-city-cloud") String clientId) {}
}
