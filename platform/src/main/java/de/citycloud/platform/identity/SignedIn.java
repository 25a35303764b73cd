package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditActor;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
 * @param sessionId number of the session
 * @param assurance how sure their identity is
 * @param purpose what they read data about persons for; null if they have not said
 * @param confined true if they must set up a second factor before anything else
 */
public record SignedIn(int municipalityId, int accountId, String name, Set<Role> roles, Instant since, int sessionId,
    Assurance assurance, @Nullable StatedPurpose purpose, boolean confined)
    implements
      Principal,
      AuditActor.Known {
  /** Copies the roles. */
  public SignedIn {
    roles = Set.copyOf(roles);
  }

  /**
   * A purpose with what it is about.
   *
   * @param reference a case or request, in words of the reader
   * @param until when it has to be stated again
   */
  public record StatedPurpose(Purpose purpose, String reference, Instant until) {}

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
    return !confined && roles.stream().anyMatch(role -> role.permissions().contains(permission));
  }

  List<GrantedAuthority> authorities() {
    var names = new ArrayList<String>();
    roles.stream().sorted().map(Role::authority).forEach(names::add);
    Arrays.stream(Permission.values()).filter(this::may).map(Permission::authority).forEach(names::add);
    Arrays.stream(Assurance.values()).filter(level -> level.compareTo(assurance) <= 0).map(Assurance::authority)
        .forEach(names::add);
    if (purpose != null && !confined) {
      names.add(purpose.purpose().authority());
    }
    return names.stream().<GrantedAuthority>map(SimpleGrantedAuthority::new).toList();
  }
}
