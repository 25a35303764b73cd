package de.citycloud.platform.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import de.citycloud.platform.database.DatabaseAccess;
import de.citycloud.platform.hub.FeaturesOfInterest;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.hub.store.ObservationPartitions;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.JsonNodeFactory;

class ManyCallersTest extends IngestTest {
  @Autowired
  private DatabaseAccess access;
  @Autowired
  private ObservationPartitions partitions;
  @Autowired
  private FeaturesOfInterest features;
  @Autowired
  private MeterRegistry meters;

  @Test
  void equalTimesOfManyCallersGetDifferentSeqs() {
    int pegel = newDatastream();
    var answers = IntStream.range(0, 500).mapToObj(i -> submit(Repeats.KEEP, null, NewObservation.of(pegel, NOON, i)))
        .toList();
    assertThat(answers.stream().map(answer -> await(answer).getFirst().seq()).sorted().toList())
        .isEqualTo(IntStream.range(0, 500).boxed().toList());
    assertThat(stored(pegel)).hasSize(500);
  }

  @Test
  void twoProcessesThatWriteTheSameMomentsLoseNothing() {
    int pegel = newDatastream();
    var other = new GroupCommitObservations(access, partitions, features, new SimpleMeterRegistry());
    try {
      var answers = new ArrayList<CompletableFuture<List<ObservationId>>>();
      for (int i = 0; i < 600; i++) {
        var row = NewObservation.of(pegel, NOON.plusSeconds(i / 6), i);
        var process = i % 2 == 0 ? observations : other;
        answers.add(CurrentMunicipality.call(town, () -> process.record(List.of(row), Repeats.KEEP, null)));
      }
      var ids = new HashSet<ObservationId>();
      answers.forEach(answer -> ids.addAll(await(answer)));
      assertThat(ids).hasSize(600);
      assertThat(stored(pegel)).hasSize(600);
    } finally {
      other.close();
    }
  }

  @Test
  void aRepeatedMessageIsStoredOnceEvenThroughTwoProcesses() {
    int pegel = newDatastream();
    var other = new GroupCommitObservations(access, partitions, features, new SimpleMeterRegistry());
    try {
      var answers = new ArrayList<CompletableFuture<List<ObservationId>>>();
      for (int i = 0; i < 300; i++) {
        var row = NewObservation.of(pegel, NOON.plusSeconds(i / 10), i / 10);
        var process = i % 2 == 0 ? observations : other;
        answers.add(CurrentMunicipality.call(town, () -> process.record(List.of(row), Repeats.STORE_ONCE, null)));
      }
      answers.forEach(IngestTest::await);
      assertThat(stored(pegel)).hasSize(30);
    } finally {
      other.close();
    }
  }

  @Test
  void theSameKeyAtTheSameTimeIsStoredOnce() {
    int pegel = newDatastream();
    var answers = IntStream.range(0, 50)
        .mapToObj(i -> submit(Repeats.KEEP, "one-key", NewObservation.of(pegel, NOON, 1))).toList();
    assertThat(answers.stream().map(IngestTest::await).distinct()).hasSize(1);
    assertThat(stored(pegel)).hasSize(1);
  }

  @Test
  void badCallsAmongManyFailAloneAndAreCounted() {
    int pegel = newDatastream();
    long seed = 42;
    var random = new java.util.Random(seed);
    int bad = 0;
    var refused = new ArrayList<String>();
    var answers = new ArrayList<CompletableFuture<List<ObservationId>>>();
    for (int i = 0; i < 2_000; i++) {
      var time = NOON.plusSeconds(i);
      var row = switch (random.nextInt(300)) {
        case 0 -> NewObservation.of(1_999_999_999, time, 1);
        case 1 -> new NewObservation(pegel, time, null, null,
            new Result.Json(JsonNodeFactory.instance.stringNode("a\0b")), null, null);
        case 2 -> new NewObservation(pegel, time, null, null,
            new Result.Json(JsonNodeFactory.instance.stringNode("\uD800")), null, null);
        default -> NewObservation.of(pegel, time, i);
      };
      bad += row.result() instanceof Result.Json || row.datastreamId() != pegel ? 1 : 0;
      answers.add(submit(Repeats.KEEP, null, row));
    }
    for (var answer : answers) {
      if (catchThrowable(() -> await(answer)) instanceof CityProblem problem) {
        refused.add(problem.slug());
      }
    }
    assertThat(refused).as("seed %d", seed).hasSize(bad).containsOnly("datastream-not-found",
        "observation-not-storable");
    assertThat(stored(pegel)).hasSize(2_000 - bad);
    assertThat(meters.get("city.observations.refused").tag("municipality", town.slug()).functionCounter().count())
        .isGreaterThanOrEqualTo(bad);
  }

  @Test
  void aDeletedDatastreamLeavesNoObservationBehind() throws InterruptedException {
    int[] doomed = IntStream.range(0, 20).map(i -> newDatastream()).toArray();
    int pegel = newDatastream();
    var stop = new AtomicBoolean();
    var writer = Thread.ofVirtual().start(() -> {
      for (int i = 0; !stop.get(); i++) {
        var row = NewObservation.of(doomed[i % doomed.length], NOON.plusSeconds(i), i);
        var good = submit(Repeats.KEEP, null, NewObservation.of(pegel, NOON.plusSeconds(i), i));
        var gone = catchThrowable(() -> record(row));
        assertThat(gone == null || gone instanceof CityProblem).isTrue();
        await(good);
      }
    });
    for (int id : doomed) {
      CurrentMunicipality.run(town, () -> jdbc.sql("delete from datastream where municipality_id = ? and id = ?")
          .param(town.id()).param(id).update());
    }
    stop.set(true);
    writer.join();
    int orphans = CurrentMunicipality.call(town,
        () -> jdbc.sql("""
                       select count(*) from observation o where not exists (select from datastream d
                         where d.municipality_id = o.municipality_id and d.id = o.datastream_id)
                       """).query(Integer.class).single());
    assertThat(orphans).isZero();
    assertThat(catchThrowable(() -> record(NewObservation.of(doomed[0], NOON, 1)))).isInstanceOf(CityProblem.class)
        .hasMessageContaining(Integer.toString(doomed[0]));
  }
}
