package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.mqtt.Callers.Caller;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CONNECT and its answer. User {@code key} with an API key as password may publish for the key's municipality; who names
 * no user may subscribe to what is public.
 */
class Handshake {
  /** Longest client id, in bytes. */
  static final int CLIENT_ID_BYTES = 256;
  private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);
  private static final String USER = "key";
  private static final int UNLIMITED_RECEIVE = 65_535;

  private final DoorServices door;
  private final Connection connection;

  Handshake(DoorServices door, Connection connection) {
    this.door = door;
    this.connection = connection;
  }

  /** A packet that netty could not decode. */
  static void undecodable(Connection connection, Throwable cause) {
    if (connection.signedIn() == null) {
      if (cause instanceof MqttUnacceptableProtocolVersionException) {
        refuse(connection, MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, null);
        return;
      }
      if (cause instanceof MqttIdentifierRejectedException) {
        refuse(connection, MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED, null);
        return;
      }
    }
    connection.end(MqttReasonCodes.Disconnect.MALFORMED_PACKET,
        "A packet cannot be decoded: %s".formatted(cause.getMessage()));
  }

  void receive(MqttConnectMessage connect) {
    var header = connect.variableHeader();
    var payload = connect.payload();
    boolean version5 = header.version() == MqttVersion.MQTT_5.protocolLevel();
    if (payload.clientIdentifier().isEmpty() && !header.isCleanSession() && !version5) {
      refuse(connection, MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED, null);
      return;
    }
    if (version5 && header.properties().getProperty(MqttProperties.AUTHENTICATION_METHOD) != null) {
      refuse5(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD,
          "Expected user \"key\" with an API key as password and no authentication method.");
      return;
    }
    if (version5 && header.isWillFlag() && (header.willQos() > 1 || header.isWillRetain())) {
      refuse5(header.isWillRetain()
          ? MqttConnectReturnCode.CONNECTION_REFUSED_RETAIN_NOT_SUPPORTED
          : MqttConnectReturnCode.CONNECTION_REFUSED_QOS_NOT_SUPPORTED, "Nothing is retained here, QoS is at most 1.");
      return;
    }
    if (payload.userName() == null && payload.passwordInBytes() == null) {
      accept(header, payload, null, "");
      return;
    }
    var bytes = payload.passwordInBytes();
    if (!USER.equals(payload.userName()) || bytes == null) {
      badCredentials(version5);
      return;
    }
    connection.hold(Connection.Hold.SIGN_IN);
    var password = new String(bytes, StandardCharsets.UTF_8);
    try {
      door.blocking().execute(() -> verify(header, payload, password));
    } catch (RejectedExecutionException e) {
      connection.channel().close();
    }
  }

  private void verify(MqttConnectVariableHeader header, MqttConnectPayload payload, String password) {
    Optional<Caller> caller;
    try {
      caller = door.callers().verify(password);
    } catch (RuntimeException e) {
      LOG.warn("An MQTT key could not be verified: {}", e.getMessage());
      connection.execute(() -> {
        if (!connection.isEnded()) {
          refuse(connection, isVersion5(header)
              ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5
              : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE, null);
        }
      });
      return;
    }
    connection.execute(() -> {
      if (connection.isEnded()) {
        return;
      }
      caller.ifPresentOrElse(found -> accept(header, payload, found, password),
          () -> badCredentials(isVersion5(header)));
      connection.release(Connection.Hold.SIGN_IN);
    });
  }

  private void accept(MqttConnectVariableHeader header, MqttConnectPayload payload, @Nullable Caller caller,
      String password) {
    boolean version5 = isVersion5(header);
    var assigned = payload.clientIdentifier().isEmpty() ? "auto-" + UUID.randomUUID() : null;
    var name = new Sessions.Name(caller == null ? 0 : caller.municipality().id(),
        assigned == null ? payload.clientIdentifier() : assigned);
    var properties = header.properties();
    var replies = new Replies(version5, number(properties, MqttProperties.REQUEST_PROBLEM_INFORMATION, 1) != 0);
    var outbox = new Outbox(door, connection,
        number(properties, MqttProperties.RECEIVE_MAXIMUM, UNLIMITED_RECEIVE),
        number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, 0));
    long silence = TimeUnit.MILLISECONDS.toNanos(header.keepAliveTimeSeconds() * 1500L);
    connection.channel().write(Replies.connack(MqttConnectReturnCode.CONNECTION_ACCEPTED,
        version5 ? offer(assigned, header.isWillFlag()) : MqttProperties.NO_PROPERTIES));
    connection.channel().flush();
    connection.signedIn(new Connection.SignedIn(name, caller, password, replies, silence,
        new Inbox(door, connection, replies, name, caller), outbox,
        new Subscriber(door, connection, replies, outbox, caller)));
    door.sessions().take(name, connection);
  }

  /** What MQTT 5 clients are told about this door. */
  private MqttProperties offer(@Nullable String assignedClientId, boolean hasWill) {
    var offer = new MqttMessageBuilders.ConnAckPropertiesBuilder().sessionExpiryInterval(0)
        .receiveMaximum(door.settings().receiveMaximum()).maximumQos((byte) 1).retainAvailable(false)
        .maximumPacketSize(door.settings().packet().toBytes()).topicAliasMaximum(0)
        .wildcardSubscriptionAvailable(true).subscriptionIdentifiersAvailable(false).sharedSubscriptionAvailable(false);
    if (assignedClientId != null) {
      offer.assignedClientId(assignedClientId);
    }
    if (hasWill) {
      offer.userProperty("will", "ignored").reasonString("Wills are not published here.");
    }
    return offer.build();
  }

  private void badCredentials(boolean version5) {
    if (version5) {
      refuse5(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD,
          "The user is not \"key\" or the password no valid API key.");
    } else {
      refuse(connection, MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD, null);
    }
  }

  private void refuse5(MqttConnectReturnCode code, String reason) {
    refuse(connection, code, reason);
  }

  private static void refuse(Connection connection, MqttConnectReturnCode code, @Nullable String reason) {
    connection.refused(code.name());
    connection.channel()
        .writeAndFlush(
            Replies.connack(code, reason == null ? MqttProperties.NO_PROPERTIES : Replies.reason(reason)))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static boolean isVersion5(MqttConnectVariableHeader header) {
    return header.version() == MqttVersion.MQTT_5.protocolLevel();
  }

  private static int number(MqttProperties properties, int property, int otherwise) {
    return properties.getProperty(property) instanceof MqttProperties.IntegerProperty number
        ? number.value()
        : otherwise;
  }
}
