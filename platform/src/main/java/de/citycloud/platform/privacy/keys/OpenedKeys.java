package de.citycloud.platform.privacy.keys;

import com.google.crypto.tink.Aead;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The keys that one transaction has opened, so that each is fetched once; they go with it, however it ends. */
final class OpenedKeys implements TransactionSynchronization {
  private final Object owner;
  private final Map<String, Aead> keys = new HashMap<>();

  private OpenedKeys(Object owner) {
    this.owner = owner;
  }

  /** Those of the running transaction; null if there is none. */
  static @Nullable OpenedKeys ofTransaction(Object owner) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        || !TransactionSynchronizationManager.isSynchronizationActive()) {
      return null;
    }
    if (TransactionSynchronizationManager.getResource(owner) instanceof OpenedKeys known) {
      return known;
    }
    var opened = new OpenedKeys(owner);
    TransactionSynchronizationManager.bindResource(owner, opened);
    TransactionSynchronizationManager.registerSynchronization(opened);
    return opened;
  }

  /** @param name municipality and person */
  @Nullable
  Aead find(String name) {
    return keys.get(name);
  }

  void keep(String name, Aead key) {
    keys.put(name, key);
  }

  void forget(String name) {
    keys.remove(name);
  }

  @Override
  public void suspend() {
    TransactionSynchronizationManager.unbindResourceIfPossible(owner);
  }

  @Override
  public void resume() {
    TransactionSynchronizationManager.bindResource(owner, this);
  }

  /** A key that was made after the savepoint is not there any more. */
  @Override
  public void savepointRollback(Object savepoint) {
    keys.clear();
  }

  @Override
  public void afterCompletion(int status) {
    keys.clear();
    TransactionSynchronizationManager.unbindResourceIfPossible(owner);
  }
}
