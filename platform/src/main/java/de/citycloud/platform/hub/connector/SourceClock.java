package de.citycloud.platform.hub.connector;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Fetches what is due. Each node claims sources in the database, so that none is fetched twice; a claim of a node that
 * died ends by itself after ten minutes.
 */
@Component
class SourceClock implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(SourceClock.class);
  private static final int AT_ONCE = 8;
  private static final int CLAIM_SECONDS = 600;

  private final JdbcClient jdbc;
  private final Municipalities municipalities;
  private final SourceTable sources;
  private final SourceFetch fetch;
  private final String node = UUID.randomUUID().toString();
  private final Semaphore slots = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  SourceClock(JdbcClient jdbc, Municipalities municipalities, SourceTable sources, SourceFetch fetch) {
    this.jdbc = jdbc;
    this.municipalities = municipalities;
    this.sources = sources;
    this.fetch = fetch;
  }

  @Scheduled(initialDelayString = "${city.source-clock.start-ms:3000}", fixedDelayString = "${city.source-clock.check-ms:1000}")
  void tick() {
    int free = slots.availablePermits();
    if (free == 0) {
      return;
    }
    var due = jdbc.sql("select municipality_id, source_id from claim_due_sources(?, ?, ?)").param(node).param(free)
        .param(CLAIM_SECONDS).query((row, n) -> new Due(row.getInt(1), row.getInt(2))).list();
    for (var one : due) {
      slots.acquireUninterruptibly();
      threads.execute(() -> {
        try {
          municipalities.findById(one.municipality)
              .ifPresent(municipality -> CurrentMunicipality.run(municipality, () -> run(municipality, one.source)));
        } finally {
          slots.release();
        }
      });
    }
  }

  private void run(Municipality municipality, int id) {
    sources.find(id).ifPresent(source -> {
      try {
        fetch.fetch(source);
      } catch (CityProblem e) {
        LOG.warn("Source {} of {} failed: {}", source.key(), municipality.slug(), e.slug());
      } catch (RuntimeException e) {
        LOG.error("Source {} of {} failed", source.key(), municipality.slug(), e);
        sources.failed(source, "Something went wrong on our side: " + e.getClass().getSimpleName());
      } finally {
        sources.release(source);
      }
    });
  }

  @Override
  public void destroy() {
    threads.shutdownNow();
  }

  private record Due(int municipality, int source) {}
}
