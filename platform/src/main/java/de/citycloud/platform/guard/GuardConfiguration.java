package de.citycloud.platform.guard;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one door of the program. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GuardConfiguration.OutgoingProperties.class)
class GuardConfiguration {
  @Bean
  OutgoingDoor outgoingDoor(OutgoingProperties properties) {
    return new OutgoingDoor(properties.allow());
  }

  /**
   * What the operator allows ({@code city.outgoing.*}).
   *
   * @param allow {@code host} or {@code host:port} that may be called though not public
   */
  @ConfigurationProperties("city.outgoing")
  record OutgoingProperties(@DefaultValue List<String> allow) {}
}
