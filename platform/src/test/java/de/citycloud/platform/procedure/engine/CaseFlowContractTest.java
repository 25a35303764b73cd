package de.citycloud.platform.procedure.engine;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.PackageReader;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine and a plain walk over the flow agree: for all shipped packages, and for random safe flows. */
class CaseFlowContractTest extends CityTest {
  @Autowired
  private CaseFlow flow;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private TransactionTemplate transaction;
  @Autowired
  private JdbcClient jdbc;

  private static List<ProcedurePackage> shipped() throws IOException {
    try (var folders = Files.list(Path.of("..", "procedures"))) {
      var packs = new ArrayList<ProcedurePackage>();
      for (var folder : folders.filter(Files::isDirectory).sorted().toList()) {
        packs.add(PackageReader.readFolder(folder).pack().orElseThrow());
      }
      return packs;
    }
  }

  @Test
  void theEngineGoesWhereTheFlowSays() throws IOException {
    var packs = shipped();
    var town = municipalities.ensure("flow-contract", "Flussstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      for (var pack : packs) {
        for (int seed = 0; seed < 12; seed++) {
          compare(pack, seed);
        }
      }
      for (int seed = 0; seed < 60; seed++) {
        compare(with(packs.getFirst(), randomFlow(new Random(seed)), "%064x".formatted(seed)), seed);
      }
      assertThat(jdbc.sql("select count(*) from flowable.act_ru_execution where tenant_id_ = ?")
          .param(Integer.toString(town.id())).query(Long.class).single()).as("nothing is left").isZero();
      assertThat(jdbc.sql("select count(*) from flowable.act_re_deployment where tenant_id_ = ?")
          .param(Integer.toString(town.id())).query(Long.class).single()).as("each version once")
          .isEqualTo(packs.size() + 60);
    });
  }

  private void compare(ProcedurePackage pack, int seed) {
    long number = 1_000_000L + seed;
    var random = new Random(seed);
    var walk = new FlowWalk(pack.flow());
    var open = new LinkedHashMap<String, String>();
    var first = transaction.execute(running -> flow.start(pack, number));
    var step = first;
    var expected = walk.start();
    for (int i = 0; i < 40; i++) {
      assertThat(step.services()).as("%s seed %d step %d", pack.id(), seed, i).extracting(Flow.Service::id)
          .containsExactlyInAnyOrderElementsOf(expected.services());
      step.waiting().forEach(waiting -> open.put(waiting.task().id(), waiting.engineTask()));
      step.tables().forEach(table -> open.put(table.service().id(), table.engineTask()));
      assertThat(new TreeSet<>(open.keySet())).as("%s seed %d step %d", pack.id(), seed, i)
          .isEqualTo(new TreeSet<>(walk.open()));
      assertThat(step.ended()).as("%s seed %d step %d", pack.id(), seed, i).isEqualTo(open.isEmpty());
      if (open.isEmpty()) {
        return;
      }
      var node = new ArrayList<>(open.keySet()).get(random.nextInt(open.size()));
      var outcomes = pack.flow().nodes().get(node) instanceof Flow.Task task
          ? List.copyOf(task.outcomes().keySet())
          : List.of("grant", "refuse");
      var outcome = outcomes.get(random.nextInt(outcomes.size()));
      var engineTask = Objects.requireNonNull(open.remove(node));
      step = transaction.execute(running -> flow.complete(pack, number, engineTask, outcome));
      expected = walk.complete(node, outcome);
    }
    transaction.executeWithoutResult(running -> flow.cancel(number));
  }

  @Test
  void aReopenedCaseStandsAtItsDecisionAndACancelledOneIsGone() throws IOException {
    var pack = shipped().stream().filter(one -> new EngineModel(one.flow()).decision().isPresent()).findFirst()
        .orElseThrow();
    var town = municipalities.ensure("flow-reopen", "Rückstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      var step = transaction.execute(running -> {
        flow.start(pack, 7);
        return flow.reopen(pack, 7, Map.of("review", "complete"));
      });
      assertThat(step.waiting()).singleElement()
          .satisfies(waiting -> assertThat(waiting.task().kind()).isEqualTo(Flow.Task.Kind.DECIDE));
      transaction.executeWithoutResult(running -> flow.cancel(7));
      transaction.executeWithoutResult(running -> flow.cancel(7));
      assertThat(jdbc.sql("select count(*) from flowable.act_ru_execution where tenant_id_ = ?")
          .param(Integer.toString(town.id())).query(Long.class).single()).isZero();
    });
  }

  @Test
  void manyFirstCasesAtOnceDeployTheVersionOnce() throws Exception {
    var pack = shipped().getFirst();
    var town = municipalities.ensure("flow-first", "Erststadt", 9, 48, false);
    int many = 8;
    var together = new CyclicBarrier(many);
    try (var workers = Executors.newFixedThreadPool(many)) {
      var cases = new ArrayList<Future<?>>();
      for (int i = 0; i < many; i++) {
        long number = 100 + i;
        cases.add(workers.submit(() -> {
          together.await();
          CurrentMunicipality.run(town,
              () -> transaction.executeWithoutResult(running -> flow.start(pack, number)));
          return null;
        }));
      }
      for (var one : cases) {
        one.get();
      }
    }
    CurrentMunicipality.run(town, () -> {
      assertThat(jdbc.sql("select count(*) from flowable.act_re_deployment where tenant_id_ = ?")
          .param(Integer.toString(town.id())).query(Integer.class).single()).isOne();
      assertThat(jdbc.sql("select count(distinct proc_inst_id_) from flowable.act_ru_execution where tenant_id_ = ?")
          .param(Integer.toString(town.id())).query(Integer.class).single()).isEqualTo(many);
    });
  }

  /** Tasks one after the other, choices by outcome with ways back, two tasks at once, services between. */
  private static Flow randomFlow(Random random) {
    var nodes = new LinkedHashMap<String, Flow.Node>();
    var sequences = new ArrayList<Flow.Sequence>();
    nodes.put("start", new Flow.Start("start"));
    nodes.put("end", new Flow.End("end"));
    var from = "start";
    int parts = 1 + random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      var task = task("task" + i, i == 0 ? Flow.Task.Kind.DECIDE : Flow.Task.Kind.REVIEW);
      switch (random.nextInt(3)) {
        case 0 -> {
          nodes.put(task.id(), task);
          sequences.add(always(from, task.id()));
          from = task.id();
        }
        case 1 -> {
          var choice = "choice" + i;
          var service = "service" + i;
          nodes.put(task.id(), task);
          nodes.put(choice, new Flow.Gateway(choice, false));
          nodes.put(service, new Flow.Service(service, Flow.Service.Call.NOTIFY, Map.of()));
          sequences.add(always(from, task.id()));
          sequences.add(always(task.id(), choice));
          sequences.add(new Flow.Sequence("back" + i, choice, task.id(), task.id(), "no"));
          sequences.add(always(choice, service));
          from = service;
        }
        default -> {
          var split = "split" + i;
          var join = "join" + i;
          nodes.put(split, new Flow.Gateway(split, true));
          nodes.put(join, new Flow.Gateway(join, true));
          sequences.add(always(from, split));
          for (var branch : List.of("a", "b", "c")) {
            var id = "task" + i + branch;
            nodes.put(id, task(id, Flow.Task.Kind.HEARING));
            sequences.add(always(split, id));
            sequences.add(always(id, join));
          }
          from = join;
        }
      }
    }
    sequences.add(always(from, "end"));
    return new Flow(nodes, sequences);
  }

  private static Flow.Task task(String id, Flow.Task.Kind kind) {
    var words = new Words("Aufgabe", "Task", null);
    return new Flow.Task(id, kind, words, "own", Map.of("yes", words, "no", words));
  }

  private static Flow.Sequence always(String from, String to) {
    return new Flow.Sequence(from + "-" + to, from, to, null, null);
  }

  private static ProcedurePackage with(ProcedurePackage pack, Flow flow, String digest) {
    return new ProcedurePackage(pack.manifest(), pack.sections(), pack.texts(), pack.parameters(), pack.fields(),
        pack.steps(), flow, pack.flowXml(), pack.decisions(), pack.documents(), pack.offices(), pack.examples(),
        digest);
  }
}
