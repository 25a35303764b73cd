package de.citycloud.platform.portal;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The {@link Profile} of each municipality. */
@Service
public class Profiles {
  private final JdbcClient jdbc;

  Profiles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The current municipality's; empty if it was never entered. */
  public Optional<Profile> find() {
    return jdbc.sql("""
                    select authority, street, postal_code, town, phone, email, representative
                    from municipality_profile where municipality_id = ?
                    """).param(CurrentMunicipality.get().id()).query(Profile.class).optional();
  }

  /** Enters or replaces the current municipality's. */
  public void save(Profile profile) {
    jdbc.sql("""
             insert into municipality_profile
               (municipality_id, authority, street, postal_code, town, phone, email, representative)
             values (?, ?, ?, ?, ?, ?, ?, ?)
             on conflict (municipality_id) do update set authority = excluded.authority, street = excluded.street,
               postal_code = excluded.postal_code, town = excluded.town, phone = excluded.phone,
               email = excluded.email, representative = excluded.representative
             """).params(CurrentMunicipality.get().id(), profile.authority(), profile.street(), profile.postalCode(),
        profile.town(), profile.phone(), profile.email(), profile.representative()).update();
  }
}
