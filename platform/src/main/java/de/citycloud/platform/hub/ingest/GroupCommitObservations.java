package de.citycloud.platform.hub.ingest;

import com.zaxxer.hikari.HikariDataSource;
import de.citycloud.platform.database.DatabaseAccess;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.ObservationsRecorded;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.MunicipalityDataSource;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Records Observations by group commit: one lane for each municipality that writes. */
@Service
class GroupCommitObservations implements Observations {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommitObservations.class);
  private static final int MOST = 100_000;

  private final HikariDataSource pool;
  private final MunicipalityDataSource connections;
  private final Map<Integer, WriteLane> lanes = new ConcurrentHashMap<>();
  private final List<Consumer<ObservationsRecorded>> listeners = new CopyOnWriteArrayList<>();

  GroupCommitObservations(DatabaseAccess access) {
    pool = new HikariDataSource();
    pool.setPoolName("ingest");
    pool.setJdbcUrl(access.url());
    pool.setUsername(access.application());
    pool.setPassword(access.applicationPassword());
    pool.setMaximumPoolSize(8);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(1_000);
    pool.setValidationTimeout(500);
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("ApplicationName", "smart-city-cloud ingest");
    pool.addDataSourceProperty("prepareThreshold", "1");
    pool.addDataSourceProperty("connectTimeout", "1");
    pool.addDataSourceProperty("socketTimeout", "20");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("options",
        "-c statement_timeout=15s -c lock_timeout=1500ms -c plan_cache_mode=force_generic_plan");
    connections = new MunicipalityDataSource(pool);
  }

  @PreDestroy
  void close() {
    pool.close();
  }

  @Override
  public CompletableFuture<List<ObservationId>> record(List<NewObservation> observations, Repeats repeats,
      @Nullable String idempotencyKey) {
    if (observations.isEmpty() || observations.size() > MOST) {
      throw new IllegalArgumentException(
          "%d Observations came at once, expected 1 to %d.".formatted(observations.size(), MOST));
    }
    if (idempotencyKey != null && (idempotencyKey.isEmpty() || idempotencyKey.length() > 200)) {
      throw new IllegalArgumentException(
          "The key has %d characters, expected 1 to 200.".formatted(idempotencyKey.length()));
    }
    var municipality = CurrentMunicipality.get();
    var submission = new Submission(List.copyOf(observations), repeats, idempotencyKey == null
        ? null
        : new Submission.IdempotencyKey(idempotencyKey, fingerprint(observations, repeats), true));
    lanes.computeIfAbsent(municipality.id(), ignored -> new WriteLane(municipality, connections, this::announce))
        .submit(submission);
    return submission.answer;
  }

  @Override
  public Subscription subscribe(Consumer<ObservationsRecorded> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void announce(ObservationsRecorded recorded) {
    for (var listener : listeners) {
      try {
        listener.accept(recorded);
      } catch (RuntimeException e) {
        LOG.warn("A listener to Observations failed.", e);
      }
    }
  }

  private static byte[] fingerprint(List<NewObservation> observations, Repeats repeats) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(repeats.name().getBytes(StandardCharsets.UTF_8));
      for (var observation : observations) {
        digest.update(observation.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
