package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.mqtt.Callers.Caller;
import de.citycloud.platform.municipality.Municipality;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttReasonCodes.SubAck;
import io.netty.handler.codec.mqtt.MqttReasonCodes.UnsubAck;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one client. */
class Subscriber {
  private static final int FILTER_LENGTH = 512;

  private final DoorServices door;
  private final Connection connection;
  private final Replies replies;
  private final Outbox outbox;
  private final @Nullable Caller caller;
  private final Map<String, LiveTopics.Subscription> subscriptions = new HashMap<>();

  Subscriber(DoorServices door, Connection connection, Replies replies, Outbox outbox, @Nullable Caller caller) {
    this.door = door;
    this.connection = connection;
    this.replies = replies;
    this.outbox = outbox;
    this.caller = caller;
  }

  void subscribe(MqttSubscribeMessage message) {
    var filters = message.payload().topicSubscriptions();
    if (message.idAndPropertiesVariableHeader().properties()
        .getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null) {
      connection.end(MqttReasonCodes.Disconnect.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
          "Subscription identifiers are not offered here.");
      return;
    }
    if (filters.isEmpty()) {
      connection.end(MqttReasonCodes.Disconnect.PROTOCOL_ERROR, "SUBSCRIBE names no topic filter.");
      return;
    }
    connection.hold(Connection.Hold.SUBSCRIBE);
    int packetId = message.variableHeader().messageId();
    try {
      door.blocking().execute(() -> {
        var answers = filters.stream().map(this::understand).toList();
        connection.execute(() -> {
          enter(packetId, answers);
          connection.release(Connection.Hold.SUBSCRIBE);
        });
      });
    } catch (RejectedExecutionException e) {
      connection.channel().close();
    }
  }

  /** What a filter means, or why it is refused. */
  private record Answer(SubAck code, @Nullable String reason, LiveTopics.@Nullable Subscription subscription) {}

  private Answer understand(MqttTopicSubscription wanted) {
    var filter = wanted.topicFilter();
    if (filter.isEmpty() || filter.length() > FILTER_LENGTH) {
      return refused(SubAck.TOPIC_FILTER_INVALID,
          "The topic filter has %d characters, expected 1 to %d.".formatted(filter.length(), FILTER_LENGTH));
    }
    if (filter.startsWith("$share/")) {
      return refused(SubAck.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED, "Shared subscriptions are not offered here.");
    }
    try {
      boolean plain = filter.startsWith(PublishRoutes.VERSION + "/");
      int slash = filter.indexOf('/');
      var first = plain || slash < 0 ? "" : filter.substring(0, slash);
      if (!plain && (slash < 0 || first.equals("+") || first.equals("#"))) {
        return refused(SubAck.TOPIC_FILTER_INVALID,
            """
            Topic filter "%s" names no municipality, expected <municipality>/%s/… or %s.\
            """.formatted(filter, PublishRoutes.VERSION, Interest.EXPECTED));
      }
      var interest = Interest.parse(plain ? filter : filter.substring(slash + 1));
      var municipality = municipality(plain ? null : first);
      if (municipality == null) {
        return refused(SubAck.TOPIC_FILTER_INVALID,
            "The municipality \"%s\" of topic filter \"%s\" is not known here.".formatted(first, filter));
      }
      if (caller != null && municipality.id() != caller.municipality().id()) {
        return refused(SubAck.NOT_AUTHORIZED, "Topic filter \"%s\" belongs to \"%s\", the key to \"%s\"."
            .formatted(filter, municipality.slug(), caller.municipality().slug()));
      }
      int qos = Math.min(1, wanted.qualityOfService().value());
      return new Answer(qos == 1 ? SubAck.GRANTED_QOS_1 : SubAck.GRANTED_QOS_0, null,
          new LiveTopics.Subscription(municipality, filter, plain ? "" : first + "/", interest, qos, outbox));
    } catch (IllegalArgumentException e) {
      return refused(SubAck.TOPIC_FILTER_INVALID, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return refused(SubAck.UNSPECIFIED_ERROR, "A mistake of ours.");
    }
  }

  /** Whose topics a filter means: plain ones belong to the key's municipality, without a key to the default one. */
  private @Nullable Municipality municipality(@Nullable String slug) {
    if (slug == null && caller != null) {
      return caller.municipality();
    }
    if (caller != null && caller.municipality().slug().equals(slug)) {
      return caller.municipality();
    }
    return door.callers().findMunicipality(slug).orElse(null);
  }

  private static Answer refused(SubAck code, String reason) {
    return new Answer(code, reason, null);
  }

  private void enter(int packetId, List<Answer> answers) {
    if (connection.isEnded() || !connection.channel().isActive()) {
      return;
    }
    var codes = new ArrayList<Integer>();
    @Nullable
    String reason = null;
    for (var answer : answers) {
      var subscription = answer.subscription;
      var code = answer.code;
      if (subscription != null) {
        if (subscriptions.size() >= door.settings().subscriptions()
            && !subscriptions.containsKey(subscription.filter())) {
          code = SubAck.QUOTA_EXCEEDED;
          reason = "There are %d subscriptions, expected no more.".formatted(subscriptions.size());
        } else {
          var before = subscriptions.put(subscription.filter(), subscription);
          if (before != null) {
            door.live().remove(before);
          }
          door.live().add(subscription);
        }
      } else if (reason == null) {
        reason = answer.reason;
      }
      int value = code.byteValue() & 0xFF;
      codes.add(value >= 0x80 && !replies.version5() ? 0x80 : value);
    }
    connection.channel().writeAndFlush(replies.suback(packetId, codes, reason));
  }

  void unsubscribe(MqttUnsubscribeMessage message) {
    var codes = new ArrayList<Short>();
    for (var filter : message.payload().topics()) {
      var found = subscriptions.remove(filter);
      if (found != null) {
        door.live().remove(found);
      }
      codes.add((short) (found == null ? UnsubAck.NO_SUBSCRIPTION_EXISTED : UnsubAck.SUCCESS).byteValue());
    }
    connection.channel().writeAndFlush(replies.unsuback(message.variableHeader().messageId(), codes));
  }

  void unsubscribeAll() {
    subscriptions.values().forEach(door.live()::remove);
    subscriptions.clear();
  }
}
