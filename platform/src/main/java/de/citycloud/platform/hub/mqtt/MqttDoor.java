package de.citycloud.platform.hub.mqtt;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The MQTT server: opens when the program starts, and closes gracefully: what was published is acknowledged first, then
 * MQTT 5 clients are told that the server shuts down.
 */
public class MqttDoor implements SmartLifecycle, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MqttDoor.class);
  private static final int EVENT_LOOPS = 2;
  private static final int BACKLOG = 1_024;
  private static final long FINISH_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final WriteBufferWaterMark WRITE_BUFFER = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private static final int CHECK_KEYS_SECONDS = 30;

  private final DoorServices services;
  private final AtomicBoolean checking = new AtomicBoolean();
  private @Nullable EventLoopGroup loops;
  private volatile @Nullable Channel server;
  private final @Nullable SecureDoor secure;
  private volatile @Nullable Channel secureServer;

  MqttDoor(DoorServices services) {
    this(services, null);
  }

  /** @param secure the second door, with TLS; null for none */
  MqttDoor(DoorServices services, @Nullable SecureDoor secure) {
    this.services = services;
    this.secure = secure;
  }

  /** A door with TLS in front of the same services. */
  record SecureDoor(SslContext tls, String address, int port) {}

  /** The port with TLS; 0 while closed or if there is none. */
  public int securePort() {
    return secureServer != null && secureServer.localAddress() instanceof InetSocketAddress address
        ? address.getPort()
        : 0;
  }

  /** The port it listens on; 0 while closed. */
  public int port() {
    return server != null && server.localAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
  }

  /** @throws IllegalStateException if the port is taken */
  @Override
  public void start() {
    var settings = services.settings();
    if (!settings.enabled() || server != null) {
      return;
    }
    var group = new MultiThreadIoEventLoopGroup(EVENT_LOOPS, new DefaultThreadFactory("mqtt", true),
        NioIoHandler.newFactory());
    loops = group;
    server = listen(group, settings.address(), settings.port(), "city.mqtt.port (./city run --mqtt-port)", null);
    if (secure != null) {
      secureServer = listen(group, secure.address(), secure.port(), "city.mqtt.tls.port", secure.tls());
      LOG.info("MQTT with TLS on {} port {}", secure.address(), securePort());
    }
    group.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    group.scheduleWithFixedDelay(() -> services.blocking().execute(this::checkKeys), CHECK_KEYS_SECONDS,
        CHECK_KEYS_SECONDS, TimeUnit.SECONDS);
    LOG.info("MQTT on {} port {}", settings.address(), port());
  }

  private Channel listen(EventLoopGroup group, String address, int port, String setting, @Nullable SslContext tls) {
    var bound = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER).childHandler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            if (tls != null) {
              channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            open(channel);
          }
        }).bind(address, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IllegalStateException(
          """
          The MQTT door cannot listen on %s port %d, expected a free port.
          Maybe another broker runs there; choose another with %s.\
          """.formatted(address, port, setting), bound.cause());
    }
    return bound.channel();
  }

  private void open(Channel channel) {
    var connection = new Connection(services, channel);
    channel.pipeline().addLast(connection.guard(),
        new MqttDecoder((int) services.settings().packet().toBytes(), Handshake.CLIENT_ID_BYTES), MqttEncoder.INSTANCE,
        connection);
  }

  private void look() {
    long now = System.nanoTime();
    for (var connection : services.sessions().listOpen()) {
      connection.look(now);
    }
  }

  /** A key that was revoked or has ended ends its connections, too. */
  void checkKeys() {
    if (!checking.compareAndSet(false, true)) {
      return;
    }
    try {
      var valid = new HashMap<String, Boolean>();
      for (var connection : services.sessions().listOpen()) {
        var client = connection.signedIn();
        if (client != null && client.caller() != null && !valid.computeIfAbsent(client.password(),
            key -> services.callers().verify(key).isPresent())) {
          connection.end(MqttReasonCodes.Disconnect.NOT_AUTHORIZED, "The API key has ended or was revoked.");
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("The keys of MQTT clients could not be checked: {}", e.getMessage());
    } finally {
      checking.set(false);
    }
  }

  @Override
  public void stop() {
    var listening = server;
    var group = loops;
    if (listening == null || group == null) {
      return;
    }
    listening.close().awaitUninterruptibly();
    server = null;
    var listeningSecurely = secureServer;
    if (listeningSecurely != null) {
      listeningSecurely.close().awaitUninterruptibly();
      secureServer = null;
    }
    var open = services.sessions().listOpen();
    open.forEach(connection -> connection.execute(() -> connection.hold(Connection.Hold.CLOSING)));
    waitWhile(() -> services.sessions().waiting().bytes() > 0);
    open.forEach(connection -> connection.end(MqttReasonCodes.Disconnect.SERVER_SHUTTING_DOWN,
        "The server shuts down."));
    waitWhile(() -> services.sessions().count() > 0);
    group.shutdownGracefully(100, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    loops = null;
  }

  private static void waitWhile(BooleanSupplier condition) {
    long until = System.nanoTime() + FINISH_NANOS;
    while (condition.getAsBoolean() && System.nanoTime() < until) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  @Override
  public void close() {
    stop();
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }

  /** Closes before the web server does, and opens after it. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 512;
  }
}
