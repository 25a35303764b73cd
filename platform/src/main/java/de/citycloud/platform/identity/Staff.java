package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Who works for the current municipality, so that other modules can name people by the number of their account. */
@Service
public class Staff {
  private final JdbcClient jdbc;

  Staff(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Somebody who works here.
   *
   * @param number of the account
   * @param name their sign-in name
   */
  public record Colleague(int number, String name) {}

  /** Who has the permission and can sign in, by name; at most 1,000. */
  public List<Colleague> listWith(Permission permission) {
    var roles = Arrays.stream(Role.values()).filter(role -> role.permissions().contains(permission))
        .map(Role::inStore).toArray(String[]::new);
    return jdbc.sql("""
                    select a.id, a.name from account a
                    where a.disabled_at is null
                      and exists (select from account_role r where r.account_id = a.id and r.role = any (?))
                    order by a.name limit 1000
                    """).param(roles).query((row, number) -> new Colleague(row.getInt(1), row.getString(2))).list();
  }

  /** Names of these accounts, also of disabled ones; those that are gone or of another municipality are left out. */
  public Map<Integer, String> namesOf(List<Integer> numbers) {
    if (numbers.isEmpty()) {
      return Map.of();
    }
    return jdbc.sql("select id, name from account where id = any (?)")
        .param(numbers.stream().distinct().limit(1000).toArray(Integer[]::new))
        .query((row, number) -> new Colleague(row.getInt(1), row.getString(2))).list().stream()
        .collect(Collectors.toMap(Colleague::number, Colleague::name));
  }

  /** Whoever is signed in in the current municipality; empty for visitors, outside of any, and for the program itself. */
  public Optional<SignedIn> signedIn() {
    return Sessions.current().filter(somebody -> CurrentMunicipality.find()
        .filter(here -> here.id() == somebody.municipalityId()).isPresent());
  }
}
