package de.citycloud.platform.municipality;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out connections that see only the rows of {@link CurrentMunicipality}; outside of any municipality they see
 * none. The setting is sent only when it differs from the connection's last one, which saves a round trip.
 */
public final class MunicipalityDataSource extends DelegatingDataSource {
  private final Map<PGConnection, Integer> settings = Collections.synchronizedMap(new WeakHashMap<>());

  /** @param pool connections of the application role, which row-level security binds */
  public MunicipalityDataSource(DataSource pool) {
    super(pool);
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection = super.getConnection();
    try {
      bind(connection, CurrentMunicipality.find().map(Municipality::id).orElse(0));
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void bind(Connection connection, int municipality) throws SQLException {
    var physical = connection.unwrap(PGConnection.class);
    var last = settings.get(physical);
    if (last != null && last == municipality) {
      return;
    }
    try (var statement = connection.prepareStatement("select set_config('city.municipality', ?, false)")) {
      statement.setString(1, Integer.toString(municipality));
      statement.execute();
    }
    settings.put(physical, municipality);
  }
}
