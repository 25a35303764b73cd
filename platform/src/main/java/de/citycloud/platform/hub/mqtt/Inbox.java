package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.mqtt.Callers.Caller;
import de.citycloud.platform.hub.mqtt.PublishRoutes.Route;
import de.citycloud.platform.hub.sensorthings.ObservationJson;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.PubAck;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one client publishes. Messages of one read are recorded together; each is acknowledged after its COMMIT, in the
 * order in which they came. Runs on the connection's event loop.
 *
 * <p>A message that cannot be stored: MQTT 5 clients get a PUBACK with the reason. MQTT 3.1.1 has no way to say so: the
 * connection closes. A gateway that sends the same broken message again after that would go on like this for ever;
 * since the message is safe in quarantine by then, it is acknowledged the second time.
 */
class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final int BATCH = 1_000;
  private static final long RETRY_MILLIS = 50;
  private static final long RETRY_AT_MOST_MILLIS = 1_000;

  private final DoorServices door;
  private final Connection connection;
  private final Replies replies;
  private final Sessions.Name name;
  private final @Nullable Caller caller;
  private final ArrayDeque<Received> waiting = new ArrayDeque<>();
  private Batch batch = new Batch();
  private int waitingForPuback;
  private int busyBatches;
  private String lastTopic = "";
  private @Nullable Route lastRoute;

  Inbox(DoorServices door, Connection connection, Replies replies, Sessions.Name name, @Nullable Caller caller) {
    this.door = door;
    this.connection = connection;
    this.replies = replies;
    this.name = name;
    this.caller = caller;
  }

  /** A message on its way; {@code packetId} is 0 for QoS 0. */
  private static final class Received {
    final int packetId;
    final String topic;
    final byte[] payload;
    boolean settled;
    /** Null: stored. */
    @Nullable
    Refusal refusal;
    boolean inQuarantineBefore;

    Received(int packetId, String topic, byte[] payload) {
      this.packetId = packetId;
      this.topic = topic;
      this.payload = payload;
    }

    int qos() {
      return packetId == 0 ? 0 : 1;
    }
  }

  /** Observations that are recorded in one call. */
  private static final class Batch {
    final List<Received> messages = new ArrayList<>();
    final List<NewObservation> observations = new ArrayList<>();
    long submittedNanos;
    int tries;
  }

  void receive(MqttPublishMessage message) {
    var header = message.fixedHeader();
    var qos = header.qosLevel();
    if (qos == MqttQoS.EXACTLY_ONCE) {
      connection.end(MqttReasonCodes.Disconnect.QOS_NOT_SUPPORTED, "A message has QoS 2, expected 0 or 1.");
      return;
    }
    var properties = message.variableHeader().properties();
    if (replies.version5()) {
      if (header.isRetain()) {
        connection.end(MqttReasonCodes.Disconnect.RETAIN_NOT_SUPPORTED,
            "A message shall be retained, nothing is here.");
        return;
      }
      if (properties.getProperty(MqttProperties.TOPIC_ALIAS) != null) {
        connection.end(MqttReasonCodes.Disconnect.TOPIC_ALIAS_INVALID, "Topic aliases are not offered here.");
        return;
      }
      if (qos == MqttQoS.AT_LEAST_ONCE && waitingForPuback >= door.settings().receiveMaximum()) {
        connection.end(MqttReasonCodes.Disconnect.RECEIVE_MAXIMUM_EXCEEDED,
            "More than %d messages wait for PUBACK.".formatted(door.settings().receiveMaximum()));
        return;
      }
    }
    var received = new Received(qos == MqttQoS.AT_MOST_ONCE ? 0 : message.variableHeader().packetId(),
        message.variableHeader().topicName(), ByteBufUtil.getBytes(message.payload()));
    waiting.add(received);
    waitingForPuback += received.qos();
    door.sessions().waiting().add(received.payload.length);
    take(received);
    if (waiting.size() >= holdAt()) {
      connection.hold(Connection.Hold.INBOX);
    }
    if (door.sessions().waiting().isFull()) {
      connection.hold(Connection.Hold.MEMORY);
      door.sessions().waiting().hold(() -> connection.execute(() -> connection.release(Connection.Hold.MEMORY)));
    }
  }

  /** An MQTT 5 client knows its limit and is cut beyond; others are not read from. */
  private int holdAt() {
    return door.settings().receiveMaximum() * (replies.version5() ? 2 : 1);
  }

  private void take(Received received) {
    if (caller == null || !caller.key().scope().includes(de.citycloud.platform.identity.Scope.WRITE)) {
      settle(received, new Refusal(PubAck.NOT_AUTHORIZED, "not-authorized",
          """
          The connection has no key with scope "write", expected one to publish.
          Maybe sign in as user "key" with an API key as password.\
          """, Refusal.Fault.SENDER));
      return;
    }
    var municipality = caller.municipality();
    var route = lastRoute;
    if (route == null || !received.topic.equals(lastTopic)) {
      lastRoute = route = door.routes().route(received.topic, municipality);
      lastTopic = received.topic;
    }
    switch (route) {
      case Route.Refused(var refusal) -> settle(received, refusal);
      case Route.ToObservations(var datastreamId) -> {
        try {
          var observation = ObservationJson.parse(received.payload, datastreamId);
          if (Intake.isSimple(observation)) {
            batch.observations.add(observation.observation());
            batch.messages.add(received);
          } else {
            handOn(received, () -> {
              door.creator().create(observation, received.payload);
              return CompletableFuture.completedFuture(null);
            }, System.nanoTime(), 0);
          }
        } catch (RuntimeException e) {
          settle(received, Refusal.of(e));
        }
        if (batch.messages.size() >= BATCH) {
          submitBatch();
        }
      }
      case Route.ToHandler(var handler, var topic) -> {
        var delivery = new MqttDelivery(municipality, topic, received.payload, Instant.now());
        handOn(received, () -> handler.handle(delivery), System.nanoTime(), 0);
      }
    }
  }

  /** Everything that one read brought has been seen. */
  void endOfRead() {
    submitBatch();
    acknowledge();
  }

  private void submitBatch() {
    if (!batch.messages.isEmpty()) {
      batch.submittedNanos = System.nanoTime();
      checkAndSubmit(batch);
      batch = new Batch();
    }
  }

  /** Nearly always all Datastreams are known; the others are looked up together, outside of the event loop. */
  private void checkAndSubmit(Batch sent) {
    var municipality = Objects.requireNonNull(caller).municipality();
    var unknown = new TreeSet<Integer>();
    for (var observation : sent.observations) {
      if (!door.creator().isKnownPlaced(municipality, observation.datastreamId())) {
        unknown.add(observation.datastreamId());
      }
    }
    if (unknown.isEmpty()) {
      submit(sent);
      return;
    }
    CompletableFuture
        .supplyAsync(() -> CurrentMunicipality.call(municipality, () -> door.creator().refusalsOf(unknown)),
            door.blocking())
        .whenComplete((refusals, failure) -> connection.execute(() -> {
          if (failure != null && waitLonger(sent.submittedNanos)) {
            sent.tries++;
            retryLater(sent.tries, () -> checkAndSubmit(sent));
            return;
          }
          if (failure != null) {
            LOG.warn("The places of Datastreams were not found out for {}: {}", sender(), failure.toString());
            sent.messages.forEach(message -> settle(message, Refusal.of(failure)));
          } else {
            submitBut(sent, refusals);
          }
          acknowledge();
        }));
  }

  /** Submits those that are not refused. */
  private void submitBut(Batch sent, Map<Integer, CityProblem> refusals) {
    var rest = new Batch();
    rest.submittedNanos = sent.submittedNanos;
    for (int i = 0; i < sent.messages.size(); i++) {
      var refusal = refusals.get(sent.observations.get(i).datastreamId());
      if (refusal == null) {
        rest.messages.add(sent.messages.get(i));
        rest.observations.add(sent.observations.get(i));
      } else {
        settle(sent.messages.get(i), Refusal.of(refusal));
      }
    }
    if (!rest.messages.isEmpty()) {
      submit(rest);
    }
  }

  private void submit(Batch sent) {
    var municipality = Objects.requireNonNull(caller).municipality();
    CompletableFuture<?> stored;
    try {
      stored = CurrentMunicipality.call(municipality,
          () -> door.observations().record(sent.observations, Repeats.KEEP, null));
    } catch (RuntimeException e) {
      stored = CompletableFuture.failedFuture(e);
    }
    stored.whenComplete((ids, failure) -> connection.execute(() -> {
      recorded(sent, failure);
      acknowledge();
    }));
  }

  private void recorded(Batch sent, @Nullable Throwable failure) {
    if (failure == null) {
      sent.messages.forEach(message -> settle(message, null));
    } else if (Refusal.isBusy(failure) && waitLonger(sent.submittedNanos)) {
      sent.tries++;
      retryLater(sent.tries, () -> submit(sent));
    } else if (Refusal.isBusy(failure) || sent.messages.size() == 1) {
      if (!(Refusal.of(failure).fault() == Refusal.Fault.MESSAGE)) {
        LOG.warn("{} MQTT message(s) of {} were not stored: {}", sent.messages.size(), sender(), failure.toString());
      }
      sent.messages.forEach(message -> settle(message, Refusal.of(failure)));
    } else {
      split(sent, failure);
    }
  }

  /** One message must not fail the others: sets those aside that the store named, or else looks for them by halves. */
  private void split(Batch sent, Throwable failure) {
    var named = Refusal.datastreamOf(failure);
    int size = sent.messages.size();
    var first = new Batch();
    var second = new Batch();
    for (int i = 0; i < size; i++) {
      boolean guilty = named != null && sent.observations.get(i).datastreamId() == named;
      if (guilty) {
        settle(sent.messages.get(i), Refusal.of(failure));
        continue;
      }
      var part = named != null || i < size / 2 ? first : second;
      part.messages.add(sent.messages.get(i));
      part.observations.add(sent.observations.get(i));
    }
    for (var part : List.of(first, second)) {
      if (!part.messages.isEmpty()) {
        part.submittedNanos = sent.submittedNanos;
        submit(part);
      }
    }
  }

  /** What may block runs on a virtual thread. */
  private void handOn(Received received, Supplier<CompletableFuture<?>> work, long since, int tries) {
    var municipality = Objects.requireNonNull(caller).municipality();
    var done = CompletableFuture.completedFuture(municipality)
        .thenComposeAsync(own -> CurrentMunicipality.call(own, work::get), door.blocking());
    done.whenComplete((result, failure) -> connection.execute(() -> {
      if (failure != null && Refusal.isBusy(failure) && waitLonger(since)) {
        retryLater(tries + 1, () -> handOn(received, work, since, tries + 1));
        return;
      }
      if (failure != null && Refusal.of(failure).fault() == Refusal.Fault.OURS) {
        LOG.warn("An MQTT message of {} to \"{}\" was not stored", sender(), received.topic, failure);
      }
      settle(received, failure == null ? null : Refusal.of(failure));
      acknowledge();
    }));
  }

  private boolean waitLonger(long sinceNanos) {
    return System.nanoTime() - sinceNanos < door.settings().patience().toNanos();
  }

  /** The store is busy: nothing more is read from this client until it has taken this. */
  private void retryLater(int tries, Runnable again) {
    busyBatches++;
    connection.hold(Connection.Hold.BUSY);
    long millis = Math.min(RETRY_AT_MOST_MILLIS, RETRY_MILLIS << Math.min(tries - 1, 10));
    connection.channel().eventLoop().schedule(() -> {
      again.run();
      if (--busyBatches == 0) {
        connection.release(Connection.Hold.BUSY);
      }
    }, millis, TimeUnit.MILLISECONDS);
  }

  private void settle(Received received, @Nullable Refusal refusal) {
    received.refusal = refusal;
    if (refusal == null) {
      door.meters().stored.increment();
      received.settled = true;
      return;
    }
    door.meters().refused(refusal, received.qos());
    if (refusal.fault() != Refusal.Fault.MESSAGE || caller == null) {
      received.settled = true;
      return;
    }
    door.rejections().keep(caller.municipality(), sender(), received.topic, received.payload, refusal)
        .whenComplete((before, failure) -> connection.execute(() -> {
          if (failure != null) {
            LOG.warn("A refused MQTT message of {} is not in quarantine either", sender(), failure);
          }
          received.inQuarantineBefore = before != null && before;
          received.settled = true;
          acknowledge();
        }));
  }

  private String sender() {
    return caller == null ? name.clientId() : caller.key().label() + " / " + name.clientId();
  }

  /** Acknowledges what is done, up to the first message that is not. */
  private void acknowledge() {
    boolean written = false;
    for (var first = waiting.peek(); first != null && first.settled; first = waiting.peek()) {
      waiting.remove();
      waitingForPuback -= first.qos();
      door.sessions().waiting().remove(first.payload.length);
      if (first.packetId == 0 || connection.isEnded()) {
        continue;
      }
      var refusal = first.refusal;
      if (refusal == null || (first.inQuarantineBefore && !replies.version5())) {
        connection.channel().write(Replies.stored(first.packetId));
      } else if (replies.version5()) {
        connection.channel().write(replies.refused(first.packetId, refusal));
      } else {
        connection.end(MqttReasonCodes.Disconnect.UNSPECIFIED_ERROR, refusal.reason());
        continue;
      }
      written = true;
    }
    if (written) {
      connection.channel().flush();
    }
    if (waiting.size() <= holdAt() / 2) {
      connection.release(Connection.Hold.INBOX);
    }
  }
}
