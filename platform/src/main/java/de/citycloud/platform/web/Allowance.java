package de.citycloud.platform.web;

import de.citycloud.platform.database.ApplicationConnections;
import de.citycloud.platform.database.DatabaseAccess;
import de.citycloud.platform.database.OwnerConnections;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts calls in the database, so that all processes count together. Who was just refused is remembered here, so that
 * a flood costs no query a call.
 */
@Component
class Allowance {
  private static final int REMEMBERED = 10_000;

  private final ProxyManager<Long> buckets;
  private final JdbcClient owner;
  private final byte[] secret;
  private final int times;
  private final ReentrantLock[] locks = Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);
  private final Map<Long, Long> refusedUntil = new ConcurrentHashMap<>();

  /** @param times factor on all limits, for tests and load tests; 1 in production */
  Allowance(@ApplicationConnections DataSource pool, @OwnerConnections DataSource owner, DatabaseAccess access,
      @Value("${city.rate-limit.times:1}") int times) {
    this.owner = JdbcClient.create(owner);
    // A secret that all processes of this store share, and nobody else has.
    this.secret = ("rate-limit " + access.applicationPassword()).getBytes(StandardCharsets.UTF_8);
    this.times = times;
    this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool).table("rate_limit").idColumn("id")
        .stateColumn("state").expiresAtColumn("expires_at")
        .expirationAfterWrite(
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
        .requestTimeout(Duration.ofSeconds(2)).build();
  }

  /** Takes one call of {@code who}; 0 if allowed, else the seconds to wait. */
  long take(RateRule rule, String who) {
    long key = key(rule.name() + " " + who);
    long now = System.nanoTime();
    var until = refusedUntil.get(key);
    if (until != null && until - now > 0) {
      return seconds(until - now);
    }
    var lock = locks[(int) (key & locks.length - 1)];
    if (!waitFor(lock)) {
      return 0; // the store is slow; it is not this caller's fault
    }
    try {
      return ask(rule, key, now);
    } finally {
      lock.unlock();
    }
  }

  /** Of one caller one call at a time, so that a flood takes one connection to the store and not all. */
  private static boolean waitFor(ReentrantLock lock) {
    try {
      return lock.tryLock(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private long ask(RateRule rule, long key, long now) {
    long most = (long) rule.perMinute() * times;
    var probe = buckets.builder().build(key, () -> BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(most).refillGreedy(most, Duration.ofMinutes(1))).build())
        .tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return 0;
    }
    if (refusedUntil.size() >= REMEMBERED) {
      refusedUntil.clear();
    }
    refusedUntil.put(key, now + probe.getNanosToWaitForRefill());
    return seconds(probe.getNanosToWaitForRefill());
  }

  private static long seconds(long nanos) {
    return Math.max(1, Duration.ofNanos(nanos).plusMillis(999).toSeconds());
  }

  private long key(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
  void forgetOld() {
    owner.sql("delete from rate_limit where expires_at < ?").param(System.currentTimeMillis()).update();
    refusedUntil.values().removeIf(until -> until - System.nanoTime() < 0);
  }
}
