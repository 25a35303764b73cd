package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditActor;
import java.security.Principal;
import java.time.Instant;

/**
 * Somebody of the administration who is signed in.
 *
 * @param municipalityId where; elsewhere they are nobody
 * @param accountId number of the account there
 * @param name their sign-in name
 * @param role the widest one they have
 * @param since when they signed in
 */
public record SignedIn(int municipalityId, int accountId, String name, Role role,
    Instant since) implements Principal, AuditActor.Known {
  @Override
  public String getName() {
    return name;
  }

  @Override
  public AuditActor actor() {
    return new AuditActor.Account(accountId);
  }
}
