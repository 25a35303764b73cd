package de.citycloud.platform.operation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Keeps keys and passwords from going over a network in clear: listening outside of this computer needs a certificate
 * ({@code server.ssl.*}), or somebody who says that a proxy with one stands in front ({@code city.behind-proxy}). Looks
 * before anything is started.
 */
@Component
class OpenDoors implements BeanFactoryPostProcessor, EnvironmentAware {
  private static final List<String> CERTIFICATE = List.of("server.ssl.bundle", "server.ssl.key-store",
      "server.ssl.certificate");

  private Environment environment = new org.springframework.core.env.StandardEnvironment();

  /** A door would be open to a network without encryption. */
  static final class ClearTextDoor extends IllegalStateException {
    private static final long serialVersionUID = 1L;
    private final String advice;

    ClearTextDoor(String message, String advice) {
      super(message);
      this.advice = advice;
    }

    String advice() {
      return advice;
    }
  }

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    check(environment);
  }

  /** @throws ClearTextDoor names the door, its address and what to set */
  static void check(Environment environment) {
    if (environment.getProperty("city.behind-proxy", Boolean.class, false)) {
      return;
    }
    boolean encrypted = environment.getProperty("server.ssl.enabled", Boolean.class, true)
        && CERTIFICATE.stream().anyMatch(environment::containsProperty);
    check("HTTP", "server.address", environment, encrypted,
        "a certificate of your own (server.ssl.certificate and server.ssl.certificate-private-key)");
    if (environment.getProperty("city.mqtt.enabled", Boolean.class, true)) {
      check("MQTT", "city.mqtt.address", environment, false, "city.mqtt.enabled=false");
    }
  }

  private static void check(String door, String property, Environment environment, boolean encrypted, String other) {
    var address = environment.getProperty(property, "127.0.0.1");
    if (!encrypted && !isThisComputer(address)) {
      throw new ClearTextDoor(
          "%s would listen on \"%s\" without encryption (%s), expected this computer alone: keys and passwords could be read on the way."
              .formatted(door, address, property),
          "Put a proxy with TLS in front and set city.behind-proxy=true, or set %s, or leave %s at 127.0.0.1."
              .formatted(other, property));
    }
  }

  private static boolean isThisComputer(String address) {
    try {
      return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
