package de.citycloud.platform.privacy.keys;

import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.database.Job;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.privacy.PrivacyProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the key store of the running program. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrivacyProperties.class)
class KeyConfiguration {
  private static final byte[] KNOWN = "smart city cloud".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CONTEXT = "keystore.deployment".getBytes(StandardCharsets.UTF_8);

  @Bean
  @DependsOnDatabaseInitialization
  DeploymentKey deploymentKey(DatabaseProperties database, PrivacyProperties properties,
      @OwnerConnections DataSource owner) {
    var jdbc = JdbcClient.create(owner);
    var sealed = jdbc.sql("select sealed from keystore.deployment").query(byte[].class).optional();
    var key = DeploymentKey.open(folder(database), properties.key(), sealed.isEmpty());
    try {
      if (sealed.isPresent()) {
        key.wrapping().decrypt(sealed.get(), CONTEXT);
      } else {
        jdbc.sql("insert into keystore.deployment (sealed) values (?) on conflict do nothing")
            .param(key.wrapping().encrypt(KNOWN, CONTEXT)).update();
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          """
          The deployment's key is not the one with which the data of this store was encrypted.
          Maybe keys/%s belongs to another data folder, or CITY_PRIVACY_KEY to another deployment.""".formatted(
              DeploymentKey.FILE),
          e);
    }
    return key;
  }

  @Bean
  PersonKeys personKeys(JdbcClient jdbc, DeploymentKey key) {
    return new PersonKeys(jdbc, key);
  }

  @Bean
  ErasureList erasureList(DatabaseProperties database) {
    return new ErasureList(folder(database));
  }

  @Bean
  KeyBackup keyBackup(DatabaseProperties database) {
    return new KeyBackup(folder(database));
  }

  @Bean
  Job keyBackupJob(KeyBackup backup, @OwnerConnections DataSource owner, PrivacyProperties properties) {
    var jdbc = JdbcClient.create(owner);
    var clock = Clock.systemUTC();
    return new Job("key-store-backup", Duration.ofDays(1), () -> {
      try {
        backup.write(jdbc, clock.instant());
        backup.forget(clock.instant(), properties.keyBackupDays());
      } catch (IOException e) {
        throw new UncheckedIOException("The key store could not be backed up.", e);
      }
    });
  }

  private static Path folder(DatabaseProperties database) {
    return database.data().resolve("keys");
  }
}
