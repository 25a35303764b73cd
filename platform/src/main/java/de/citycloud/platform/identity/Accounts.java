package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Local accounts of the current municipality. There is none until a set-up link was used, and no default password. */
@Service
class Accounts {
  static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}]{3,100}");

  private final JdbcClient jdbc;
  private final Passwords passwords;

  Accounts(JdbcClient jdbc, Passwords passwords) {
    this.jdbc = jdbc;
    this.passwords = passwords;
  }

  /** The form in which a name is stored and compared. */
  static String normalised(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Makes an account; empty if the name is taken. */
  @Transactional
  Optional<SignedIn> create(String name, String password, Role role) {
    int municipality = CurrentMunicipality.get().id();
    var id = jdbc.sql("""
                      insert into account (municipality_id, name, password_hash) values (?, ?, ?)
                      on conflict (municipality_id, name) do nothing returning id
                      """).params(municipality, normalised(name), passwords.hash(password)).query(Integer.class)
        .optional();
    id.ifPresent(
        account -> jdbc.sql("insert into account_role (municipality_id, account_id, role) values (?, ?, ?)")
            .params(municipality, account, role.inStore()).update());
    return id.map(account -> new SignedIn(municipality, account, normalised(name), Set.of(role), Instant.now()));
  }

  /** Who has this name and password; empty for a wrong one. Takes the same time whether or not the name exists. */
  Optional<SignedIn> verify(String name, String password) {
    record Row(int id, String passwordHash) {}
    var row = jdbc.sql("select id, password_hash from account where name = ?").param(normalised(name))
        .query(Row.class).optional();
    if (!passwords.matches(password, row.map(Row::passwordHash).orElse(null)) || row.isEmpty()) {
      return Optional.empty();
    }
    int id = row.get().id();
    var roles = jdbc.sql("select role from account_role where account_id = ?").param(id).query(String.class).stream()
        .map(Role::of).collect(Collectors.toUnmodifiableSet());
    jdbc.sql("update account set last_sign_in_at = now() where id = ?").param(id).update();
    return Optional.of(new SignedIn(CurrentMunicipality.get().id(), id, normalised(name), roles, Instant.now()));
  }
}
