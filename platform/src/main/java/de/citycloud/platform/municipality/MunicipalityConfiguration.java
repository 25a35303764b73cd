package de.citycloud.platform.municipality;

import de.citycloud.platform.database.ApplicationConnections;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Makes the walled connections the ones everybody gets. */
@Configuration(proxyBeanMethods = false)
class MunicipalityConfiguration {
  @Bean
  @Primary
  DataSource municipalityDataSource(@ApplicationConnections DataSource pool) {
    return new MunicipalityDataSource(pool);
  }
}
