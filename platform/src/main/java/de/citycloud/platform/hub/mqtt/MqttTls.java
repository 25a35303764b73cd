package de.citycloud.platform.hub.mqtt;

import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * MQTT over TLS ({@code city.mqtt.tls.*}); closed unless there is a certificate.
 *
 * @param address where it listens; by default everywhere, that is what it is for
 * @param port 1 to 65535; 0 takes any free one
 * @param certificate chain of certificates as PEM
 * @param privateKey its key as PEM (PKCS#8)
 */
@ConfigurationProperties("city.mqtt.tls")
record MqttTls(@DefaultValue("0.0.0.0") String address, @DefaultValue("8883") int port, @Nullable Path certificate,
    @Nullable Path privateKey) {
  /** The door; null if there is no certificate. */
  MqttDoor.@Nullable SecureDoor door() {
    if (certificate == null && privateKey == null) {
      return null;
    }
    if (certificate == null || privateKey == null) {
      throw new IllegalStateException(
          "Of city.mqtt.tls.certificate and city.mqtt.tls.private-key only one is set, expected both or none.");
    }
    try {
      return new MqttDoor.SecureDoor(
          SslContextBuilder.forServer(certificate.toFile(), privateKey.toFile()).protocols("TLSv1.3", "TLSv1.2")
              .build(),
          address, port);
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalStateException(
          """
          MQTT over TLS cannot use the certificate %s with the key %s.
          Maybe the key is not PKCS#8 as PEM; openssl pkcs8 -topk8 -nocrypt converts it.""".formatted(certificate,
              privateKey),
          e);
    }
  }
}
