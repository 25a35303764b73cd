package de.citycloud.platform.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Draws the conclusions from how the program is opened to the network, and refuses to open it unprotected. On this
 * computer alone (the default) it speaks plain HTTP. Elsewhere it needs a certificate of its own
 * ({@code server.ssl.certificate}, {@code server.ssl.certificate-private-key}) or proxies that bring TLS
 * ({@code city.proxy.trusted}, literal addresses). Then cookies are secure and bound to the host, old TLS is off, and
 * forwarded headers count from those proxies alone.
 */
class TransportSettings implements EnvironmentPostProcessor {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}");

  @Override
  public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
    var proxies = proxies(environment);
    boolean tls = hasCertificate(environment);
    refuseOpenDoor("The program", "server.address", environment.getProperty("server.address", "127.0.0.1"),
        tls || !proxies.isEmpty(),
        """
        Maybe give it a certificate: --server.ssl.certificate=cert.pem \
        --server.ssl.certificate-private-key=key.pem
        Or put a proxy with TLS before it and name the proxy: --city.proxy.trusted=10.0.0.5""");
    if (environment.getProperty("city.mqtt.enabled", Boolean.class, true)) {
      refuseOpenDoor("The MQTT door", "city.mqtt.address", environment.getProperty("city.mqtt.address", "127.0.0.1"),
          false, """
                 Maybe leave that on this computer and open the one with TLS: --city.mqtt.tls.certificate=cert.pem \
                 --city.mqtt.tls.private-key=key.pem (port 8883)""");
    }
    var settings = new HashMap<String, Object>();
    if (tls) {
      settings.put("server.ssl.enabled-protocols", "TLSv1.3,TLSv1.2");
    }
    if (!proxies.isEmpty()) {
      settings.put("server.forward-headers-strategy", "native");
      settings.put("server.tomcat.remoteip.internal-proxies", String.join("|", proxies.stream()
          .map(Pattern::quote).toList()));
      settings.put("server.tomcat.remoteip.remote-ip-header", "x-forwarded-for");
      settings.put("server.tomcat.remoteip.protocol-header", "x-forwarded-proto");
    }
    if (tls || !proxies.isEmpty()) {
      settings.put("server.servlet.session.cookie.secure", "true");
      settings.put("server.servlet.session.cookie.name", "__Host-city");
    }
    // They follow from what the operator said, so nothing may say otherwise.
    environment.getPropertySources().addFirst(new MapPropertySource("transport", Map.copyOf(settings)));
  }

  /** Addresses of trusted proxies as the socket will name them. */
  static List<String> proxies(Environment environment) {
    var named = Binder.get(environment).bind("city.proxy.trusted", Bindable.listOf(String.class))
        .orElse(List.of());
    var addresses = new ArrayList<String>();
    for (var text : named) {
      if (!ADDRESS.matcher(text).matches()) {
        throw new UnsafeTransport(
            """
            city.proxy.trusted holds "%s", expected addresses such as 10.0.0.5 or 2001:db8::5.
            Maybe name each proxy: a whole network would let everybody in it say who they are.""".formatted(text));
      }
      addresses.add(InetAddress.ofLiteral(text).getHostAddress());
    }
    return addresses;
  }

  static boolean hasCertificate(Environment environment) {
    return environment.getProperty("server.ssl.enabled", Boolean.class, true)
        && Stream.of("server.ssl.bundle", "server.ssl.key-store", "server.ssl.certificate")
            .anyMatch(environment::containsProperty);
  }

  private static void refuseOpenDoor(String what, String property, String address, boolean isProtected,
      String advice) {
    if (!isProtected && !isLoopback(address)) {
      throw new UnsafeTransport(
          """
          %s would listen on %s (%s) without TLS: passwords, keys and data would cross the network readable.
          %s""".formatted(what, address, property, advice));
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
    } catch (java.net.UnknownHostException e) {
      return false;
    }
  }
}
