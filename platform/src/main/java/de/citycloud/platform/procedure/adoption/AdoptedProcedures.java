package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.adoption.Adoption.Activation;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Answers from what a municipality has adopted. Its few rows are kept in memory for a second, and read anew at once after
 * a change on this node; what is put together from them is kept with them.
 */
@Service
class AdoptedProcedures implements Procedures {
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final AdoptionStore store;
  private final PackageStore packages;
  private final Map<Integer, Snapshot> snapshots = new ConcurrentHashMap<>();
  /** Goes up with each change on this node: what was read before one is not kept after it. */
  private final AtomicLong changes = new AtomicLong();

  AdoptedProcedures(AdoptionStore store, PackageStore packages) {
    this.store = store;
    this.packages = packages;
  }

  /** What stands in the store. @param activations newest first @param settings in the order they were recorded */
  private record Snapshot(Map<String, Adoption> adoptions, List<Activation> activations,
      Map<String, List<Setting>> settings, long readAt, Map<Together, ResolvedProcedure> together) {
    /** The activation that applies at a time, if it offers something. */
    Optional<Activation> at(String key, Instant at) {
      return activations.stream().filter(each -> each.key().equals(key) && !each.from().isAfter(at)).findFirst()
          .filter(each -> each.digest() != null);
    }
  }

  /** What makes a resolved procedure: @param settings how many of them were recorded by then */
  private record Together(long activation, LocalDate day, long settings) {}

  @Override
  public List<ResolvedProcedure> listOffered(Instant at) {
    var snapshot = snapshot();
    return snapshot.adoptions.keySet().stream().flatMap(key -> snapshot.at(key, at).stream())
        .map(activation -> resolve(snapshot, activation, at))
        .sorted(Comparator.comparing(procedure -> procedure.pack().manifest().name().de())).toList();
  }

  @Override
  public Optional<ResolvedProcedure> find(String key, Instant at) {
    var snapshot = snapshot();
    return snapshot.at(key, at).map(activation -> resolve(snapshot, activation, at));
  }

  @Override
  public ResolvedProcedure ofCase(long activationId, Instant receivedAt) {
    var snapshot = snapshot();
    var activation = snapshot.activations.stream().filter(each -> each.id() == activationId).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "The activation %d is not one of %s.".formatted(activationId, CurrentMunicipality.get().slug())));
    return resolve(snapshot, activation, receivedAt);
  }

  private ResolvedProcedure resolve(Snapshot snapshot, Activation activation, Instant at) {
    var settings = snapshot.settings.getOrDefault(activation.key(), List.of());
    var day = ProcedureRules.local(at).toLocalDate();
    long known = settings.stream().filter(each -> !each.recordedAt().isAfter(at)).count();
    return snapshot.together.computeIfAbsent(new Together(activation.id(), day, known), key -> {
      var adoption = snapshot.adoptions.get(activation.key());
      if (adoption == null || activation.digest() == null) {
        throw new IllegalArgumentException("The activation %d offers nothing.".formatted(activation.id()));
      }
      return Resolution.of(packages.get(activation.digest()), activation.id(), settings, adoption.office(), day, at)
          .procedure();
    });
  }

  private Snapshot snapshot() {
    int municipality = CurrentMunicipality.get().id();
    boolean changing = TransactionSynchronizationManager.hasResource(this);
    var known = snapshots.get(municipality);
    if (known != null && !changing && System.nanoTime() - known.readAt < FRESH_NANOS) {
      return known;
    }
    long before = changes.get();
    long now = System.nanoTime();
    var read = new Snapshot(store.listAll().stream().collect(Collectors.toUnmodifiableMap(Adoption::key, a -> a)),
        store.activations(),
        store.settings().stream().collect(Collectors.groupingBy(AdoptionStore.OfProcedure::key,
            Collectors.mapping(AdoptionStore.OfProcedure::setting, Collectors.toList()))),
        now, new ConcurrentHashMap<>());
    // What this transaction changed, nobody else must see before it ends.
    if (!changing && changes.get() == before) {
      snapshots.put(municipality, read);
    }
    return read;
  }

  /** Called by whoever changes something: what is in memory ends with the transaction. */
  void changed() {
    int municipality = CurrentMunicipality.get().id();
    forget(municipality);
    if (TransactionSynchronizationManager.isSynchronizationActive()
        && !TransactionSynchronizationManager.hasResource(this)) {
      TransactionSynchronizationManager.bindResource(this, municipality);
      TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
        @Override
        public void afterCompletion(int status) {
          TransactionSynchronizationManager.unbindResource(AdoptedProcedures.this);
          forget(municipality);
        }
      });
    }
  }

  private void forget(int municipality) {
    changes.incrementAndGet();
    snapshots.remove(municipality);
  }
}
