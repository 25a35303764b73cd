package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditActor;
import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** Makes the administrator's account that a set-up link allows. */
@Service
class SetUp {
  private final SetUpLinks links;
  private final Accounts accounts;
  private final AuditLog audit;

  SetUp(SetUpLinks links, Accounts accounts, AuditLog audit) {
    this.links = links;
    this.accounts = accounts;
    this.audit = audit;
  }

  /** What came of it. */
  sealed interface Outcome {
    /** The account with this number is there, the link used up. */
    record Done(int account) implements Outcome {}

    /** The link is none, too old or used. */
    record LinkEnded() implements Outcome {}

    /** Somebody has this name; the link is still good. */
    record NameTaken() implements Outcome {}
  }

  /** Link and account in one: either both happen or neither. */
  @Transactional
  Outcome complete(String token, String name, String password) {
    // Used up first: of two at once the second waits here, then finds no link.
    if (!links.redeem(token)) {
      return new Outcome.LinkEnded();
    }
    Optional<Integer> account = accounts.create(name, password, Role.ADMINISTRATOR);
    if (account.isEmpty()) {
      TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
      return new Outcome.NameTaken();
    }
    audit.record(AuditEntry.of("set-up.completed", "account " + account.get(),
        new AuditActor.Account(account.get())));
    return new Outcome.Done(account.get());
  }
}
