package de.citycloud.platform.hub.mqtt;

import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The connections that are open, and what they hold together. */
class Sessions {
  private final int limit;
  private final Waiting waiting;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Map<Name, Connection> named = new ConcurrentHashMap<>();
  /** Bytes that wait for subscribers, of all connections. */
  final AtomicLong outgoingBytes = new AtomicLong();

  Sessions(MqttSettings settings) {
    limit = settings.connections();
    waiting = new Waiting(settings.inFlight().toBytes());
  }

  Waiting waiting() {
    return waiting;
  }

  int count() {
    return count.get();
  }

  Collection<Connection> listOpen() {
    return open;
  }

  /** False if there are too many. */
  boolean open(Connection connection) {
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      return false;
    }
    open.add(connection);
    return true;
  }

  void closed(Connection connection) {
    if (open.remove(connection)) {
      count.decrementAndGet();
    }
    var name = connection.name();
    if (name != null) {
      named.remove(name, connection);
    }
  }

  /** Gives {@code connection} its name; whoever had it goes. */
  void take(Name name, Connection connection) {
    var before = named.put(name, connection);
    if (before != null && before != connection) {
      before.end(MqttReasonCodes.Disconnect.SESSION_TAKEN_OVER,
          "Another connection uses the client id \"%s\".".formatted(name.clientId));
    }
  }

  /**
   * Who a client is. Client ids are told apart by municipality, so that nobody can throw out a gateway of another, or of
   * any without its key.
   *
   * @param municipality of the key; 0 without a key
   * @param clientId as the client says
   */
  record Name(int municipality, String clientId) {}
}
