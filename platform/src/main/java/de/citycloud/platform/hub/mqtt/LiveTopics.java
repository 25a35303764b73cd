package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.EntityChanged;
import de.citycloud.platform.hub.ObservationsRecorded;
import de.citycloud.platform.hub.ObservationsRecorded.Recorded;
import de.citycloud.platform.hub.mqtt.Interest.Matching;
import de.citycloud.platform.hub.mqtt.Interest.NewObservations;
import de.citycloud.platform.municipality.Municipality;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what was stored to those who subscribed to it. Listens in the writer's thread and only queues there; what nobody
 * wants is not even queued. One thread writes the JSON, once for all who want the same.
 */
class LiveTopics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveTopics.class);
  private static final int QUEUE_OBSERVATIONS = 200_000;
  /** Observations after which subscribers get what there is. */
  private static final int PARCEL = 500;

  private final Function<Municipality, String> serviceRoot;
  private final EntityPayload entities;
  private final Map<Integer, Room> rooms = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final Thread writer;

  /**
   * One filter of one client.
   *
   * @param municipality whose resources
   * @param filter as the client wrote it, which is also the topic of what it gets unless it has wildcards
   * @param prefix {@code ludwigsburg/}, or empty if the client left it out
   * @param interest what it means
   * @param qos granted, 0 or 1
   * @param outbox of the client
   */
  record Subscription(Municipality municipality, String filter, String prefix, Interest interest, int qos,
      Outbox outbox) {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** The subscriptions of one municipality. */
  private static final class Room {
    final Set<Subscription> all = ConcurrentHashMap.newKeySet();
    final Set<Subscription> allObservations = ConcurrentHashMap.newKeySet();
    final Map<Integer, Set<Subscription>> observationsOf = new ConcurrentHashMap<>();
    final Set<Subscription> matching = ConcurrentHashMap.newKeySet();
    final Set<Subscription> entities = ConcurrentHashMap.newKeySet();

    boolean wantsObservations() {
      return !allObservations.isEmpty() || !observationsOf.isEmpty() || !matching.isEmpty();
    }
  }

  /**
   * @param serviceRoot address of a municipality's SensorThings service, for links
   * @param entities writes entities
   */
  LiveTopics(Function<Municipality, String> serviceRoot, EntityPayload entities) {
    this.serviceRoot = serviceRoot;
    this.entities = entities;
    writer = Thread.ofVirtual().name("mqtt-live").start(this::run);
  }

  void add(Subscription subscription) {
    var room = rooms.computeIfAbsent(subscription.municipality.id(), ignored -> new Room());
    room.all.add(subscription);
    switch (subscription.interest) {
      case NewObservations(var datastreamId, var ignored) when datastreamId == null -> room.allObservations
          .add(subscription);
      case NewObservations(var datastreamId, var ignored) -> room.observationsOf.compute(datastreamId, (id, some) -> {
        var set = some == null ? ConcurrentHashMap.<Subscription>newKeySet() : some;
        set.add(subscription);
        return set;
      });
      case Matching ignored -> room.matching.add(subscription);
      case Interest.Entities ignored -> room.entities.add(subscription);
    }
  }

  void remove(Subscription subscription) {
    var room = rooms.get(subscription.municipality.id());
    if (room == null) {
      return;
    }
    room.all.remove(subscription);
    room.allObservations.remove(subscription);
    room.matching.remove(subscription);
    room.entities.remove(subscription);
    if (subscription.interest instanceof NewObservations wanted && wanted.datastreamId() != null) {
      room.observationsOf.computeIfPresent(wanted.datastreamId(), (id, some) -> {
        some.remove(subscription);
        return some.isEmpty() ? null : some;
      });
    }
  }

  /** Subscriptions of all. */
  int count() {
    return rooms.values().stream().mapToInt(room -> room.all.size()).sum();
  }

  /** Told after each committed batch. */
  void recorded(ObservationsRecorded recorded) {
    var room = rooms.get(recorded.municipality().id());
    if (room != null && room.wantsObservations()) {
      enqueue(room, recorded.observations().size(), () -> send(room, recorded));
    }
  }

  /** Told that batches were passed over: all who subscribed have a gap. */
  void lagged() {
    rooms.values().forEach(LiveTopics::cut);
  }

  private static void cut(Room room) {
    LOG.warn("{} MQTT subscriptions are cut: more is stored than can be sent.", room.all.size());
    room.all.forEach(subscription -> subscription.outbox.cut());
  }

  /** Told after each change of an entity. */
  void changed(EntityChanged change) {
    var room = rooms.get(change.municipality().id());
    if (room != null && change.kind() != EntityChanged.Kind.DELETED
        && !(room.entities.isEmpty() && room.matching.isEmpty())) {
      enqueue(room, 1, () -> send(room, change));
    }
  }

  /** Never waits. If subscribers want more than can be written, they are cut rather than left with gaps. */
  private void enqueue(Room room, int weight, Runnable work) {
    if (queued.addAndGet(weight) > QUEUE_OBSERVATIONS && queued.get() > weight) {
      queued.addAndGet(-weight);
      cut(room);
      return;
    }
    queue.add(() -> {
      try {
        work.run();
      } finally {
        queued.addAndGet(-weight);
      }
    });
  }

  private void run() {
    try {
      while (true) {
        var work = queue.take();
        try {
          work.run();
        } catch (RuntimeException e) {
          LOG.warn("Subscribers missed a message by a mistake of ours", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void send(Room room, ObservationsRecorded recorded) {
    var root = serviceRoot.apply(recorded.municipality());
    var parcels = new IdentityHashMap<Outbox, List<Outbox.Outgoing>>();
    int number = 0;
    for (var one : recorded.observations()) {
      send(room, one, root, parcels);
      if (++number % PARCEL == 0) {
        hand(parcels);
      }
    }
    hand(parcels);
  }

  private static void send(Room room, Recorded one, String root, Map<Outbox, List<Outbox.Outgoing>> parcels) {
    int datastream = one.id().datastreamId();
    var written = new java.util.HashMap<Set<String>, byte[]>(4);
    Function<Set<String>, byte[]> payload = select -> written.computeIfAbsent(select,
        some -> ObservationPayload.of(one, root, some));
    for (var some : List.of(room.allObservations, room.observationsOf.getOrDefault(datastream, Set.of()))) {
      for (var subscription : some) {
        if (subscription.interest instanceof NewObservations(var ignored, var select)) {
          add(subscription, subscription.filter, payload.apply(select), parcels);
        }
      }
    }
    if (room.matching.isEmpty()) {
      return;
    }
    var topics = List.of("v1.1/Datastreams(" + datastream + ")/Observations", "v1.1/Observations");
    sendMatching(room, topics, () -> payload.apply(Set.of()), parcels);
  }

  /** Filters with wildcards get each message once, on the first topic that matches. */
  private static void sendMatching(Room room, List<String> topics, java.util.function.Supplier<byte[]> payload,
      Map<Outbox, List<Outbox.Outgoing>> parcels) {
    for (var subscription : room.matching) {
      if (subscription.interest instanceof Matching(var filter)) {
        topics.stream().filter(filter::matches).findFirst()
            .ifPresent(topic -> add(subscription, subscription.prefix + topic, payload.get(), parcels));
      }
    }
  }

  private void send(Room room, EntityChanged change) {
    var parcels = new IdentityHashMap<Outbox, List<Outbox.Outgoing>>();
    for (var subscription : room.entities) {
      if (subscription.interest instanceof Interest.Entities wanted && wanted.set().equals(change.entitySet())
          && (wanted.id() == null || wanted.id() == change.id())
          && (wanted.property() == null || change.properties().contains(wanted.property()))
          && (wanted.select().isEmpty() || wanted.select().stream().anyMatch(change.properties()::contains))) {
        entities.find(change, wanted)
            .ifPresent(payload -> add(subscription, subscription.filter, payload, parcels));
      }
    }
    if (!room.matching.isEmpty()) {
      var set = "v1.1/" + change.entitySet();
      var whole = new Interest.Entities(change.entitySet(), change.entitySet(), null, null, Set.of());
      entities.find(change, whole)
          .ifPresent(
              payload -> sendMatching(room, List.of(set + "(" + change.id() + ")", set), () -> payload, parcels));
    }
    hand(parcels);
  }

  private static void add(Subscription subscription, String topic, byte[] payload,
      Map<Outbox, List<Outbox.Outgoing>> parcels) {
    parcels.computeIfAbsent(subscription.outbox, ignored -> new ArrayList<>())
        .add(new Outbox.Outgoing(topic, payload, subscription.qos));
  }

  private static void hand(Map<Outbox, List<Outbox.Outgoing>> parcels) {
    parcels.forEach(Outbox::send);
    parcels.clear();
  }

  @Override
  public void close() {
    writer.interrupt();
  }
}
