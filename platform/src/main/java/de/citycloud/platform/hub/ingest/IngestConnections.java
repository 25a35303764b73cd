package de.citycloud.platform.hub.ingest;

import com.zaxxer.hikari.HikariDataSource;
import de.citycloud.platform.database.DatabaseAccess;
import de.citycloud.platform.municipality.MunicipalityDataSource;
import javax.sql.DataSource;

/**
 * Connections of the lanes: few, apart from those of the readers, so that a flood of reading does not stop the writing,
 * and impatient, so that a server that stands still is noticed.
 */
final class IngestConnections implements AutoCloseable {
  private final HikariDataSource pool = new HikariDataSource();
  private final DataSource walled;

  IngestConnections(DatabaseAccess access) {
    pool.setPoolName("ingest");
    pool.setJdbcUrl(access.url());
    pool.setUsername(access.application());
    pool.setPassword(access.applicationPassword());
    pool.setMaximumPoolSize(8);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(900);
    pool.setValidationTimeout(400);
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("ApplicationName", "smart-city-cloud ingest");
    pool.addDataSourceProperty("prepareThreshold", "1");
    pool.addDataSourceProperty("connectTimeout", "1");
    pool.addDataSourceProperty("loginTimeout", "2");
    pool.addDataSourceProperty("socketTimeout", "20");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("options",
        "-c statement_timeout=15s -c lock_timeout=700ms -c plan_cache_mode=force_generic_plan");
    walled = new MunicipalityDataSource(pool);
  }

  DataSource walled() {
    return walled;
  }

  @Override
  public void close() {
    pool.close();
  }
}
