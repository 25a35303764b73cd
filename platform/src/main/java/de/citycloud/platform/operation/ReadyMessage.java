package de.citycloud.platform.operation;

import de.citycloud.platform.database.DatabaseProperties;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says on the standard output that the program is ready and where; not in the log, since it shows one-time secrets. */
@Component
class ReadyMessage {
  private final Environment environment;
  private final DatabaseProperties database;
  private final ObjectProvider<StartNotice> notices;
  private final String address;
  private volatile int port;
  private volatile int managementPort;

  ReadyMessage(Environment environment, DatabaseProperties database, ObjectProvider<StartNotice> notices,
      @Value("${server.address:127.0.0.1}") String address) {
    this.environment = environment;
    this.database = database;
    this.notices = notices;
    this.address = address;
  }

  @EventListener
  void noteThePort(WebServerInitializedEvent event) {
    if (event.getApplicationContext() instanceof WebServerApplicationContext web
        && "management".equals(web.getServerNamespace())) {
      managementPort = event.getWebServer().getPort();
    } else {
      port = event.getWebServer().getPort();
    }
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE - 100)
  void say() {
    say(System.out);
  }

  void say(PrintStream out) {
    var secure = environment.containsProperty("server.ssl.bundle")
        || environment.containsProperty("server.ssl.key-store")
        || environment.containsProperty("server.ssl.certificate");
    var root = (secure ? "https://" : "http://") + host() + ":" + port;
    var text = new StringBuilder("\nSmart City Cloud is ready: ").append(root).append('\n');
    text.append("  data folder   ").append(database.data().toAbsolutePath().normalize()).append('\n');
    if (database.url() != null) {
      text.append("  database      ").append(database.url().replaceAll("\\?.*", "")).append('\n');
    }
    text.append("  figures       http://127.0.0.1:").append(managementPort)
        .append("/actuator/prometheus (this computer only)\n");
    notices.orderedStream().forEach(notice -> notice.text(root)
        .ifPresent(words -> words.lines().forEach(line -> text.append("  ").append(line).append('\n'))));
    text.append("Ctrl-C stops it.");
    out.println(text);
  }

  private String host() {
    return isLoopback(address) || address.equals("0.0.0.0") || address.equals("::") ? "127.0.0.1" : address;
  }

  static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
