package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditActor;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Somebody who is signed in.
 *
 * @param municipalityId where; elsewhere they are nobody
 * @param accountId number of the account there
 * @param name their sign-in name
 * @param roles those they have there; may be empty
 * @param since when they signed in
 */
public record SignedIn(int municipalityId, int accountId, String name, Set<Role> roles,
    Instant since) implements Principal, AuditActor.Known {
  /** Copies the roles. */
  public SignedIn {
    roles = Set.copyOf(roles);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public AuditActor actor() {
    return new AuditActor.Account(accountId);
  }

  /** True if one of the roles allows it. */
  public boolean may(Permission permission) {
    return roles.stream().anyMatch(role -> role.permissions().contains(permission));
  }

  List<GrantedAuthority> authorities() {
    return roles.stream()
        .flatMap(role -> Stream.concat(Stream.of(role.authority()),
            role.permissions().stream().map(Permission::authority)))
        .distinct().sorted().<GrantedAuthority>map(SimpleGrantedAuthority::new).toList();
  }
}
