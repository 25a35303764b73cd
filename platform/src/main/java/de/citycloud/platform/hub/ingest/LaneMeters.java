package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.municipality.Municipality;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The statistics of the lanes as meters {@code city.observations.*}, each tagged with its municipality. */
final class LaneMeters {
  private final MeterRegistry registry;
  private final Map<Integer, LaneStatistics> all = new ConcurrentHashMap<>();

  LaneMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  LaneStatistics of(Municipality municipality) {
    return all.computeIfAbsent(municipality.id(), ignored -> {
      var statistics = new LaneStatistics();
      counter("received", municipality, statistics, s -> s.received.sum());
      counter("stored", municipality, statistics, s -> s.stored.sum());
      counter("repeated", municipality, statistics, s -> s.repeated.sum());
      counter("refused", municipality, statistics, s -> s.refused.sum());
      counter("ahead", municipality, statistics, s -> s.ahead.sum());
      counter("batches", municipality, statistics, s -> s.batches.sum());
      gauge("queued", municipality, statistics, s -> s.queued.get());
      gauge("last.commit.seconds", municipality, statistics, s -> s.lastCommitNanos.get() / 1e9);
      return statistics;
    });
  }

  private void counter(String name, Municipality municipality, LaneStatistics of,
      ToDoubleFunction<LaneStatistics> value) {
    FunctionCounter.builder("city.observations." + name, of, value).tag("municipality", municipality.slug())
        .register(registry);
  }

  private void gauge(String name, Municipality municipality, LaneStatistics of,
      ToDoubleFunction<LaneStatistics> value) {
    Gauge.builder("city.observations." + name, of, value).tag("municipality", municipality.slug()).register(registry);
  }
}
