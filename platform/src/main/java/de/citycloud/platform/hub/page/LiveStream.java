package de.citycloud.platform.hub.page;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One client of the live stream. The reader of commits only ever offers; the request's own thread writes. A client that
 * lets {@value #QUEUE} events wait is cut off, it finds the newest values again when it comes back.
 */
class LiveStream {
  private static final int QUEUE = 1_000;
  private final LiveFilter filter;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(QUEUE);
  private final Thread writer = Thread.currentThread();
  private volatile boolean open = true;

  LiveStream(LiveFilter filter) {
    this.filter = filter;
  }

  LiveFilter filter() {
    return filter;
  }

  /** Hands over one event; never waits. */
  void offer(String event) {
    if (open && !waiting.offer(event)) {
      close();
    }
  }

  /** Ends {@link #writeTo} soon, even in the middle of its waiting. */
  void close() {
    open = false;
    writer.interrupt();
  }

  /** Writes events as they come until the client leaves, is cut off or the program stops. */
  void writeTo(OutputStream out, Duration heartbeat) {
    try {
      write(out, ": connected\nretry: 5000\n\n");
      out.flush();
      while (open) {
        var event = waiting.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        write(out, event == null ? ":\n\n" : event);
        for (var next = waiting.poll(); next != null && open; next = waiting.poll()) {
          write(out, next);
        }
        out.flush();
      }
    } catch (IOException e) {
      // The client left; that is how streams end.
    } catch (InterruptedException e) {
      // We were closed; the thread itself goes on to finish the request.
    } finally {
      open = false;
      Thread.interrupted();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
