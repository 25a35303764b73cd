package de.citycloud.platform.hub.mqtt;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber gets. It may be behind by some bytes and some seconds; then it is cut, since a list that grows
 * helps nobody: after reconnecting it reads from the API what it missed.
 */
class Outbox {
  private static final int PACKET_IDS = 65_535;
  /** What a message costs besides its text. */
  private static final int OVERHEAD_BYTES = 64;
  /** The share of the common room that one subscriber may always have. */
  private static final long SMALL_BYTES = 64 * 1024;
  private static final int COMMON_ROOM = 16;

  private final DoorServices door;
  private final Connection connection;
  private final int receiveMaximum;
  private final int packetLimitBytes;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Queue<Parcel> underWay = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Backlogged> backlog = new ArrayDeque<>();
  private final BitSet unacknowledged = new BitSet();
  private int packetId;
  private int unacknowledgedCount;
  private volatile boolean closed;

  /**
   * A message to a subscriber.
   *
   * @param topic the topic as the subscriber knows it
   * @param payload shared with other subscribers, never changed
   * @param qos 0 or 1
   */
  record Outgoing(String topic, byte[] payload, int qos) {
    int bytes() {
      return ByteBufUtil.utf8MaxBytes(topic.length()) / 3 + payload.length + OVERHEAD_BYTES;
    }
  }

  /** Messages that were handed over together. */
  private static final class Parcel {
    final long sinceNanos = System.nanoTime();
    long bytes;
    int open;
  }

  /** A message that waits for a PUBACK of another. */
  private record Backlogged(Outgoing message, Parcel parcel) {}

  Outbox(DoorServices door, Connection connection, int receiveMaximum, int packetLimitBytes) {
    this.door = door;
    this.connection = connection;
    this.receiveMaximum = receiveMaximum;
    this.packetLimitBytes = packetLimitBytes;
  }

  /** Sends {@code messages}; from any thread, never waits. */
  void send(List<Outgoing> messages) {
    if (closed || messages.isEmpty()) {
      return;
    }
    long bytes = 0;
    for (var message : messages) {
      bytes += message.bytes();
    }
    long mine = queuedBytes.addAndGet(bytes);
    long all = door.sessions().outgoingBytes.addAndGet(bytes);
    long limit = door.settings().outgoing().toBytes();
    if (mine > limit && mine > bytes || (all > COMMON_ROOM * limit && mine > SMALL_BYTES)) {
      free(bytes);
      connection.execute(this::cut);
      return;
    }
    var parcel = new Parcel();
    parcel.bytes = bytes;
    parcel.open = messages.size();
    underWay.add(parcel);
    connection.execute(() -> {
      for (var message : messages) {
        write(message, parcel);
      }
      connection.channel().flush();
    });
  }

  private void write(Outgoing message, Parcel parcel) {
    if (closed || (packetLimitBytes > 0 && message.bytes() > packetLimitBytes)) {
      done(parcel); // MQTT 5: what is larger than the client wants is not sent
      return;
    }
    if (message.qos == 0) {
      send(message, 0, parcel);
    } else if (unacknowledgedCount < receiveMaximum && backlog.isEmpty()) {
      send(message, nextPacketId(), parcel);
    } else {
      backlog.add(new Backlogged(message, parcel));
    }
  }

  private void send(Outgoing message, int id, Parcel parcel) {
    door.meters().delivered.increment();
    connection.channel().write(Replies.publish(message.topic, message.payload, id))
        .addListener(written -> done(parcel));
  }

  private void done(Parcel parcel) {
    if (--parcel.open == 0) {
      underWay.remove(parcel);
      free(parcel.bytes);
    }
  }

  private void free(long bytes) {
    queuedBytes.addAndGet(-bytes);
    door.sessions().outgoingBytes.addAndGet(-bytes);
  }

  private int nextPacketId() {
    do {
      packetId = packetId % PACKET_IDS + 1;
    } while (unacknowledged.get(packetId));
    unacknowledged.set(packetId);
    unacknowledgedCount++;
    return packetId;
  }

  /** A PUBACK came. */
  void acknowledged(int id) {
    if (!unacknowledged.get(id)) {
      return; // an id we never used: nothing to do
    }
    unacknowledged.clear(id);
    unacknowledgedCount--;
    boolean written = false;
    while (unacknowledgedCount < receiveMaximum && !backlog.isEmpty()) {
      var next = backlog.remove();
      send(next.message, nextPacketId(), next.parcel);
      written = true;
    }
    if (written) {
      connection.channel().flush();
    }
  }

  /** True if the oldest message waits for too long. */
  boolean isTooSlow(long now) {
    @Nullable
    Parcel oldest = underWay.peek();
    return oldest != null && now - oldest.sinceNanos > door.settings().slow().toNanos();
  }

  /** Ends the connection of a subscriber that cannot follow. */
  void cut() {
    connection.end(MqttReasonCodes.Disconnect.QUOTA_EXCEEDED,
        """
        %d bytes wait for this subscriber, which takes them too slowly.
        Maybe subscribe to fewer topics; read from the API what was missed.\
        """.formatted(queuedBytes.get()));
  }

  /** The connection is gone. */
  void close() {
    closed = true;
    backlog.forEach(left -> done(left.parcel));
    backlog.clear();
  }
}
