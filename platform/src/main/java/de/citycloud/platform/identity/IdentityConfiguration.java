package de.citycloud.platform.identity;

import de.citycloud.platform.database.DatabaseProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Parts of sign-in that need settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({IdentityProperties.class, OidcProperties.class})
class IdentityConfiguration {
  @Bean
  SecretBox secretBox(IdentityProperties properties, DatabaseProperties database) {
    var file = properties.keyFile();
    return SecretBox.under(file == null ? database.data().resolve("secret").resolve("identity.key") : file);
  }
}
