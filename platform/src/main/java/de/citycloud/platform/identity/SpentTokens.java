package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What may be used once: kept as long as it would still be believed. Rows are only made by those who succeeded. */
@Component
class SpentTokens {
  private final JdbcClient jdbc;

  SpentTokens(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** True the first time. */
  boolean spend(String token, Duration valid) {
    return jdbc.sql("""
                    insert into spent_token (municipality_id, hash, expires_at)
                    values (?, ?, now() + make_interval(secs => ?)) on conflict do nothing
                    """).params(CurrentMunicipality.get().id(), Tokens.hash(token), valid.toSeconds()).update() == 1;
  }
}
