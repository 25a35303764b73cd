package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * One-time links with which somebody who runs the program makes an administrator's account. One is valid at a time in
 * each municipality, for 24 hours, once.
 */
@Service
public class SetUpLinks {
  static final Duration VALID = Duration.ofHours(24);

  private final JdbcClient jdbc;

  /** Links in the store behind {@code jdbc}. */
  public SetUpLinks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** True if the current municipality has nobody yet who could give out keys. */
  public boolean isNeeded() {
    return !jdbc.sql("select exists (select from account_role where role = ?)").param(Role.ADMINISTRATOR.inStore())
        .query(Boolean.class).single();
  }

  /** Makes the link of the current municipality, as a path; the one before ends. It cannot be shown again. */
  public String create() {
    var municipality = CurrentMunicipality.get();
    var token = Tokens.random();
    jdbc.sql("""
             insert into set_up_link (municipality_id, hash, expires_at)
             values (?, ?, now() + make_interval(hours => ?))
             on conflict (municipality_id) do update set hash = excluded.hash, expires_at = excluded.expires_at
             """).params(municipality.id(), Tokens.hash(token), (int) VALID.toHours()).update();
    new AuditLog(jdbc).record(AuditEntry.of("set-up.link-made", "set-up link"));
    return "/%s/set-up?token=%s".formatted(municipality.slug(), token);
  }

  /** True if the token opens the current municipality now. */
  boolean isValid(String token) {
    return jdbc.sql("select exists (select from set_up_link where hash = ? and expires_at > now())")
        .param(Tokens.hash(token)).query(Boolean.class).single();
  }

  /** Uses the link up; false if it is none (any more). Of two at once one succeeds. */
  boolean redeem(String token) {
    return jdbc.sql("delete from set_up_link where hash = ? and expires_at > now()").param(Tokens.hash(token))
        .update() == 1;
  }
}
