package de.citycloud.platform.hub.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packets we send, as the client's version of MQTT has them.
 *
 * @param version5 true for MQTT 5, false for 3.1.1
 * @param reasons false if the client asked for no reason texts (Request Problem Information = 0)
 */
record Replies(boolean version5, boolean reasons) {
  static final MqttMessage PING = new MqttMessage(header(MqttMessageType.PINGRESP));
  private static final MqttFixedHeader PUBACK = header(MqttMessageType.PUBACK);
  private static final MqttFixedHeader PUBLISH_0 = new MqttFixedHeader(MqttMessageType.PUBLISH, false,
      MqttQoS.AT_MOST_ONCE, false, 0);
  private static final MqttFixedHeader PUBLISH_1 = new MqttFixedHeader(MqttMessageType.PUBLISH, false,
      MqttQoS.AT_LEAST_ONCE, false, 0);
  /** A reason must not fill the client's packet. */
  private static final int REASON_LENGTH = 600;

  /** Session present is always 0: no session outlives its connection. */
  static MqttMessage connack(MqttConnectReturnCode code, MqttProperties properties) {
    return new MqttConnAckMessage(header(MqttMessageType.CONNACK),
        new MqttConnAckVariableHeader(code, false, properties));
  }

  static MqttMessage stored(int packetId) {
    return new MqttPubAckMessage(PUBACK, MqttMessageIdVariableHeader.from(packetId));
  }

  /** Only MQTT 5 can say so. */
  MqttMessage refused(int packetId, Refusal refusal) {
    return new MqttPubAckMessage(PUBACK, new MqttPubReplyMessageVariableHeader(packetId, refusal.code().byteValue(),
        reasons ? reason(refusal.reason()) : MqttProperties.NO_PROPERTIES));
  }

  MqttMessage suback(int packetId, List<Integer> codes, @Nullable String reason) {
    return new MqttSubAckMessage(header(MqttMessageType.SUBACK),
        new MqttMessageIdAndPropertiesVariableHeader(packetId,
            version5 && reasons && reason != null ? reason(reason) : MqttProperties.NO_PROPERTIES),
        new MqttSubAckPayload(codes));
  }

  MqttMessage unsuback(int packetId, List<Short> codes) {
    return new MqttUnsubAckMessage(header(MqttMessageType.UNSUBACK),
        new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
        new MqttUnsubAckPayload(codes));
  }

  /** Only MQTT 5 knows it from a server. */
  static MqttMessage disconnect(MqttReasonCodes.Disconnect code, String reason) {
    return new MqttMessage(header(MqttMessageType.DISCONNECT),
        new MqttReasonCodeAndPropertiesVariableHeader(code.byteValue(), reason(reason)));
  }

  /** @param packetId 1 to 65535; 0 for QoS 0 */
  static MqttMessage publish(String topic, byte[] payload, int packetId) {
    return new MqttPublishMessage(packetId == 0 ? PUBLISH_0 : PUBLISH_1,
        new MqttPublishVariableHeader(topic, packetId == 0 ? -1 : packetId), Unpooled.wrappedBuffer(payload));
  }

  static MqttProperties reason(String text) {
    var properties = new MqttProperties();
    properties.add(new MqttProperties.StringProperty(MqttProperties.REASON_STRING,
        text.length() > REASON_LENGTH ? text.substring(0, REASON_LENGTH) + "…" : text));
    return properties;
  }

  private static MqttFixedHeader header(MqttMessageType type) {
    return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
  }
}
