package de.citycloud.platform.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListenersTest extends IngestTest {
  @Test
  void aListenerHearsEverythingStoredInOrderAndNoRepeats() throws InterruptedException {
    int pegel = newDatastream();
    var heard = new LinkedBlockingQueue<Double>();
    try (var subscription = observations.subscribe(batch -> batch.observations().stream()
        .filter(recorded -> recorded.id().datastreamId() == pegel)
        .forEach(recorded -> heard.add((double) recorded.id().phenomenonTime().getEpochSecond())))) {
      for (int i = 0; i < 200; i++) {
        submit(Repeats.STORE_ONCE, null, NewObservation.of(pegel, NOON.plusSeconds(i / 2), i));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(NOON.getEpochSecond() + i);
      }
    }
    record(NewObservation.of(pegel, NOON.plusSeconds(9_999), 1));
    assertThat(heard).as("after the end and of repeats: nothing").isEmpty();
  }

  @Test
  void aSlowListenerHoldsUpNobodyAndIsToldThatItMissedSomething() throws InterruptedException {
    int pegel = newDatastream();
    var go = new CountDownLatch(1);
    var missed = new CountDownLatch(1);
    try (var subscription = observations.subscribe(batch -> {
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, missed::countDown)) {
      for (int call = 0; call < 6; call++) {
        int from = call * 50_000;
        var rows = IntStream.range(from, from + 50_000)
            .mapToObj(i -> NewObservation.of(pegel, NOON.plusSeconds(i), i)).toList();
        assertThat(await(CurrentMunicipality.call(town, () -> observations.record(List.copyOf(rows), Repeats.KEEP,
            null)))).hasSize(50_000);
      }
      go.countDown();
      assertThat(missed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
