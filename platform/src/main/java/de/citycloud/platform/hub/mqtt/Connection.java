package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.mqtt.Callers.Caller;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client, from TCP connection to its end. All of it runs on the event loop of its channel. */
class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** Why nothing more is read from the client for a while. */
  enum Hold {
    SIGN_IN, SUBSCRIBE, INBOX, MEMORY, BUSY, CLOSING
  }

  private final DoorServices door;
  private final Channel channel;
  private final PacketGuard guard = new PacketGuard(this);
  private final Set<Hold> holds = EnumSet.noneOf(Hold.class);
  private final long openedNanos = System.nanoTime();
  private long packets;
  private volatile boolean ended;
  private volatile long heardNanos = System.nanoTime();
  private volatile @Nullable SignedIn signedIn;

  /** What is known after a successful CONNECT. */
  record SignedIn(Sessions.Name name, @Nullable Caller caller, String password, Replies replies, long silenceNanos,
      Inbox inbox, Outbox outbox, Subscriber subscriber) {}

  Connection(DoorServices door, Channel channel) {
    this.door = door;
    this.channel = channel;
  }

  PacketGuard guard() {
    return guard;
  }

  Channel channel() {
    return channel;
  }

  long packetsSeen() {
    return packets;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isHeld() {
    return !holds.isEmpty();
  }

  @Nullable
  SignedIn signedIn() {
    return signedIn;
  }

  Sessions.@Nullable Name name() {
    return signedIn == null ? null : signedIn.name;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (!door.sessions().open(this)) {
      door.meters().ended("connections");
      ended = true;
      channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended = true;
    finishRead(); // what came with the last bytes is stored, too
    door.sessions().closed(this);
    if (signedIn != null) {
      signedIn.subscriber.unsubscribeAll();
      signedIn.outbox.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      packets++;
      heardNanos = System.nanoTime();
      if (!ended && message instanceof MqttMessage packet) {
        if (packet.decoderResult().isFailure()) {
          Handshake.undecodable(this, packet.decoderResult().cause());
        } else {
          receive(packet);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void receive(MqttMessage packet) {
    var type = packet.fixedHeader().messageType();
    var client = signedIn;
    if (client == null) {
      if (packet instanceof MqttConnectMessage connect) {
        new Handshake(door, this).receive(connect);
      } else {
        end(MqttReasonCodes.Disconnect.PROTOCOL_ERROR, "The first packet is %s, expected CONNECT.".formatted(type));
      }
      return;
    }
    switch (packet) {
      case MqttPublishMessage publish -> client.inbox.receive(publish);
      case MqttSubscribeMessage subscribe -> client.subscriber.subscribe(subscribe);
      case MqttUnsubscribeMessage unsubscribe -> client.subscriber.unsubscribe(unsubscribe);
      default -> {
        if (type == MqttMessageType.PINGREQ) {
          channel.writeAndFlush(Replies.PING);
        } else if (type == MqttMessageType.DISCONNECT) {
          leave();
        } else if (type == MqttMessageType.PUBACK
            && packet.variableHeader() instanceof MqttMessageIdVariableHeader acknowledged) {
          client.outbox.acknowledged(acknowledged.messageId());
        } else {
          end(MqttReasonCodes.Disconnect.PROTOCOL_ERROR, "%s is not expected here.".formatted(type));
        }
      }
    }
  }

  /** The client says good-bye; what it published before is still stored. */
  private void leave() {
    ended = true;
    guard.stopListening();
    finishRead();
    channel.close();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    finishRead();
  }

  private void finishRead() {
    if (signedIn != null) {
      signedIn.inbox.endOfRead();
    }
  }

  void signedIn(SignedIn client) {
    signedIn = client;
    guard.allow((int) door.settings().packet().toBytes());
    if (!channel.isActive()) {
      door.sessions().closed(this);
    }
  }

  void hold(Hold why) {
    if (holds.add(why)) {
      channel.config().setAutoRead(false);
    }
  }

  /** Reads on if nothing else speaks against it; first what has arrived before. */
  void release(Hold why) {
    if (holds.remove(why) && holds.isEmpty()) {
      heardNanos = System.nanoTime();
      execute(() -> {
        if (holds.isEmpty() && channel.isActive()) {
          var context = channel.pipeline().context(guard);
          if (context != null) {
            guard.resume(context);
            finishRead();
          }
          channel.config().setAutoRead(holds.isEmpty());
        }
      });
    }
  }

  /** CONNECT was refused; the caller says so and closes. */
  void refused(String why) {
    ended = true;
    guard.stopListening();
    door.meters().ended(why);
  }

  /** Runs {@code work} on this connection's event loop; not at all once that has stopped. */
  void execute(Runnable work) {
    try {
      channel.eventLoop().execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("The event loop has stopped", e);
    }
  }

  /** Looked at every second, from any thread. */
  void look(long now) {
    var client = signedIn;
    if (client == null) {
      if (now - openedNanos > door.settings().connect().toNanos()) {
        execute(() -> end(MqttReasonCodes.Disconnect.MAXIMUM_CONNECT_TIME, "No CONNECT came in time."));
      }
      return;
    }
    if (client.silenceNanos > 0 && now - heardNanos > client.silenceNanos) {
      execute(() -> {
        if (!isHeld() && System.nanoTime() - heardNanos > client.silenceNanos) {
          end(MqttReasonCodes.Disconnect.KEEP_ALIVE_TIMEOUT, "Nothing came for 1.5 times the keep-alive.");
        }
      });
    }
    if (client.outbox.isTooSlow(now)) {
      execute(() -> client.outbox.cut());
    }
  }

  /** Ends the connection; MQTT 5 clients are told why. May be called from any thread. */
  void end(MqttReasonCodes.Disconnect why, String text) {
    if (!channel.eventLoop().inEventLoop()) {
      execute(() -> end(why, text));
      return;
    }
    if (ended) {
      return;
    }
    ended = true;
    guard.stopListening();
    door.meters().ended(why.name());
    LOG.debug("MQTT client {} is disconnected: {} {}", name(), why, text);
    var client = signedIn;
    if (client != null && client.replies.version5() && channel.isWritable()) {
      channel.writeAndFlush(Replies.disconnect(why, text)).addListener(ChannelFutureListener.CLOSE);
      channel.eventLoop().schedule(() -> channel.close(), 1, TimeUnit.SECONDS);
    } else {
      channel.flush();
      channel.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      channel.close();
      return;
    }
    LOG.warn("MQTT client {} met a mistake of ours", name(), cause);
    end(MqttReasonCodes.Disconnect.UNSPECIFIED_ERROR, "A mistake of ours.");
  }
}
