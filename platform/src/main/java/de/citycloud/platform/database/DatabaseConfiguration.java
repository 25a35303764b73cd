package de.citycloud.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.unit.DataSize;

/** Opens the store: starts the embedded server unless an external one is named, then a pool for each role. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {
  @Bean(destroyMethod = "close")
  @Conditional(NoExternalDatabase.class)
  EmbeddedPostgres embeddedPostgres(DatabaseProperties properties) {
    return EmbeddedPostgres.start(properties.data());
  }

  /** How much of the disk stays free, so that PostgreSQL never stops for want of room. */
  @Bean
  StoreSpace storeSpace(DatabaseProperties properties, @Value("${city.database.reserve:256MB}") DataSize reserve) {
    return properties.url() == null ? new StoreSpace(properties.data(), reserve.toBytes()) : StoreSpace.unwatched();
  }

  @Bean
  DatabaseAccess databaseAccess(DatabaseProperties properties, ObjectProvider<EmbeddedPostgres> embedded) {
    var url = properties.url();
    return url == null
        ? embedded.getObject().access()
        : new DatabaseAccess(url, properties.owner(), properties.ownerPassword(), properties.application(),
            properties.applicationPassword());
  }

  /** Connections of the owner: migrations, partitions and other changes of structure. */
  @Bean(destroyMethod = "close")
  @FlywayDataSource
  @OwnerConnections
  HikariDataSource ownerDataSource(DatabaseAccess access) {
    return pool(access.url(), access.owner(), access.ownerPassword(), 3, "owner");
  }

  /** Connections of the application role, not yet bound to a municipality. */
  @Bean(destroyMethod = "close")
  @ApplicationConnections
  HikariDataSource applicationDataSource(DatabaseAccess access, DatabaseProperties properties, @Lazy Flyway migrated) {
    return pool(access.url(), access.application(), access.applicationPassword(), properties.connections(), "city");
  }

  private static HikariDataSource pool(String url, String user, String password, int size, String name) {
    var pool = new HikariDataSource();
    pool.setPoolName(name);
    pool.setJdbcUrl(url);
    pool.setUsername(user);
    pool.setPassword(password);
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(2_500);
    pool.setValidationTimeout(1_000);
    pool.setInitializationFailTimeout(30_000);
    pool.addDataSourceProperty("ApplicationName", "smart-city-cloud");
    pool.addDataSourceProperty("prepareThreshold", "3");
    pool.addDataSourceProperty("preparedStatementCacheQueries", "512");
    pool.addDataSourceProperty("socketTimeout", "60");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("stringtype", "unspecified");
    // Errors name the constraint, not the row: they end up in logs.
    pool.addDataSourceProperty("logServerErrorDetail", "false");
    return pool;
  }
}
