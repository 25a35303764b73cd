package de.citycloud.platform.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells who listens that entities changed, after the commit. Listeners must be quick: they run in the writer's thread. */
@Service
public class EntityChanges {
  private static final Logger LOG = LoggerFactory.getLogger(EntityChanges.class);

  private final List<Consumer<EntityChanged>> listeners = new CopyOnWriteArrayList<>();

  /** Calls {@code listener} for each change after its commit, until the returned handle is closed. */
  public Observations.Subscription subscribe(Consumer<EntityChanged> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Announces {@code change}: after the commit of the open transaction, or at once if there is none. */
  public void publish(EntityChanged change) {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
        @Override
        public void afterCommit() {
          tell(change);
        }
      });
    } else {
      tell(change);
    }
  }

  private void tell(EntityChanged change) {
    for (var listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        // The change is durable; one listener's trouble is not the writer's.
        LOG.warn("A listener failed for {}({}): {}", change.entitySet(), change.id(), e.toString());
      }
    }
  }
}
