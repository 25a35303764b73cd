package de.citycloud.platform.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a mail server: drops the first connections, then passes everything on. */
final class FlakyServer implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final AtomicInteger toDrop = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();

  FlakyServer(int target) throws IOException {
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  void dropNext(int connections) {
    toDrop.set(connections);
  }

  int dropped() {
    return dropped.get();
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        if (toDrop.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          client.getOutputStream().write("220 mail.example ES".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          client.close();
          dropped.incrementAndGet();
          continue;
        }
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        pass(client, server);
        pass(server, client);
      } catch (IOException e) {
        if (!door.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    Thread.ofVirtual().start(() -> {
      try (from; to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException e) {
        // the other side has hung up
      }
    });
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
