package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Quarantine for messages of the door: equal ones once, with their number; 1,000 a municipality, 30 days. Of a long
 * message the first 4,096 bytes are kept, which is enough to see what is wrong with it.
 */
class JdbcRejections implements Rejections {
  private static final int MAX_MESSAGES = 1_000;
  private static final int MAX_BYTES = 4_096;
  private static final int MAX_TEXT = 1_000;
  private static final int WRITERS = 4;

  private final JdbcClient jdbc;
  private final Executor blocking;
  private final Semaphore writers = new Semaphore(WRITERS);

  JdbcRejections(JdbcClient jdbc, Executor blocking) {
    this.jdbc = jdbc;
    this.blocking = blocking;
  }

  /** A message in quarantine, newest first. */
  record Kept(String sender, String topic, String reason, int timesSeen) {}

  @Override
  public CompletableFuture<Boolean> keep(Municipality municipality, String sender, String topic, byte[] payload,
      Refusal refusal) {
    return CompletableFuture.supplyAsync(() -> {
      writers.acquireUninterruptibly();
      try {
        return CurrentMunicipality.call(municipality, () -> write(municipality.id(), sender, topic, payload, refusal));
      } finally {
        writers.release();
      }
    }, blocking);
  }

  private boolean write(int municipality, String sender, String topic, byte[] payload, Refusal refusal) {
    int times = jdbc
        .sql("""
             insert into mqtt_rejection (municipality_id, fingerprint, sender, topic, reason, payload, payload_bytes)
             values (?, ?, ?, ?, ?, ?, ?)
             on conflict (municipality_id, fingerprint) do update
               set last_at = now(), times_seen = mqtt_rejection.times_seen + 1, reason = excluded.reason
             returning times_seen
             """).param(municipality).param(fingerprint(sender, topic, payload)).param(clean(sender))
        .param(clean(topic))
        .param(clean(refusal.reason())).param(Arrays.copyOf(payload, Math.min(payload.length, MAX_BYTES)))
        .param(payload.length).query(Integer.class).single();
    if (times == 1) {
      jdbc.sql("""
               delete from mqtt_rejection where municipality_id = :m and (last_at < now() - interval '30 days'
                 or fingerprint in (select fingerprint from mqtt_rejection where municipality_id = :m
                   order by last_at desc offset :most))
               """).param("m", municipality).param("most", MAX_MESSAGES).update();
    }
    return times > 1;
  }

  /** Messages of the current municipality in quarantine, newest first. */
  List<Kept> list() {
    return jdbc.sql("select sender, topic, reason, times_seen from mqtt_rejection order by last_at desc")
        .query(Kept.class).list();
  }

  private static String clean(String text) {
    var cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    return new String(cut.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static byte[] fingerprint(String sender, String topic, byte[] payload) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(sender.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(topic.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return Arrays.copyOf(digest.digest(payload), 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
