package de.citycloud.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.Walk;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Citizens who apply and pay, and staff who decides. When the program is away they wait, and do their last step again. */
final class CasePeople implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final int port;
  private final String slug;
  private final ProcedurePackage pack;
  private final Map<String, Object> answers;
  private final AtomicLong steps = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> failed = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> confirmed = new ConcurrentLinkedQueue<>();
  /** References that staff has to decide; gone once nothing is left to do and the applicant has paid. */
  private final Map<String, Boolean> undecided = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Thread> staff = new ArrayList<>();
  private volatile boolean ending;

  CasePeople(int port, Municipality town, ProcedurePackage pack, Map<String, Object> answers) {
    this.port = port;
    this.slug = town.slug();
    this.pack = pack;
    this.answers = answers;
  }

  void start(int citizens, List<PageVisitor> colleagues) {
    for (int i = 0; i < citizens; i++) {
      threads.add(Thread.ofVirtual().name("citizen-" + i).start(() -> watch(this::applyUntilTheEnd)));
    }
    for (int i = 0; i < colleagues.size(); i++) {
      int number = i;
      staff.add(Thread.ofVirtual().name("staff-" + i)
          .start(() -> watch(() -> decideUntilTheEnd(colleagues.get(number), number, colleagues.size()))));
    }
  }

  /** Waits until so many more steps were confirmed by the program. */
  void awaitSteps(int more) {
    long goal = steps.get() + more;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (steps.get() < goal) {
      assertThat(failed).isEmpty();
      assertThat(System.nanoTime()).as("nothing goes on any more; open: %s", undecided.keySet()).isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Lets everybody end what they began; returns the references that were confirmed. */
  List<String> finish() throws InterruptedException {
    ending = true;
    join(threads);
    join(staff);
    assertThat(undecided).as("cases that go on no more").isEmpty();
    return List.copyOf(confirmed);
  }

  private void join(List<Thread> some) throws InterruptedException {
    for (var thread : some) {
      assertThat(thread.join(PATIENCE)).as("%s still waits; open: %s, failed: %s", thread.getName(),
          undecided.keySet(), failed).isTrue();
    }
    assertThat(failed).isEmpty();
  }

  private interface Work {
    void run() throws Exception;
  }

  private void watch(Work work) {
    try {
      work.run();
    } catch (Exception | AssertionError e) {
      failed.add(e);
    }
  }

  /** Does it again until the program answers. */
  private <T> T persist(Callable<T> step) throws Exception {
    while (true) {
      try {
        var result = step.call();
        steps.incrementAndGet();
        return result;
      } catch (IOException e) {
        if (!failed.isEmpty() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private void applyUntilTheEnd() throws Exception {
    while (!ending && failed.isEmpty()) {
      try (var citizen = new PageVisitor(port)) {
        var check = persist(() -> Walk.fill(citizen, slug, pack, answers));
        var receipt = persist(() -> Walk.submit(citizen, check, "online"));
        confirmed.add(receipt.reference());
        undecided.put(receipt.reference(), Boolean.TRUE);
        persist(() -> pay(citizen, receipt));
      }
    }
  }

  private boolean pay(PageVisitor citizen, Walk.Receipt receipt) throws Exception {
    var path = Walk.open(citizen, slug, receipt);
    if (citizen.get(path).body().contains("Jetzt zahlen")) {
      var provider = Walk.location(citizen.post(path + "/pay", Map.of()));
      if (provider.contains("/test-payment/") && citizen.get(provider).body().contains("value=\"twice\"")) {
        Walk.location(citizen.post(provider, Map.of("how", "twice")));
      } else if (provider.contains("/test-payment/")) {
        citizen.get(path + "/payment"); // it was paid there, and we were away when it told us
      }
    }
    assertThat(citizen.get(path).body()).contains("bezahlt").doesNotContain("noch nicht bezahlt");
    return true;
  }

  private void decideUntilTheEnd(PageVisitor colleague, int number, int of) throws Exception {
    while (failed.isEmpty() && !(ending && undecided.isEmpty() && threads.stream().noneMatch(Thread::isAlive))) {
      for (var reference : undecided.keySet()) {
        if (Math.floorMod(reference.hashCode(), of) == number) {
          persist(() -> decide(colleague, reference));
        }
      }
      LockSupport.parkNanos(5_000_000);
    }
    colleague.close();
  }

  private boolean decide(PageVisitor colleague, String reference) throws Exception {
    var tasks = Walk.tasks(colleague, slug, reference);
    if (tasks.isEmpty()) {
      undecided.remove(reference);
    } else {
      var answer = Walk.work(colleague, tasks.getFirst(), "grant");
      assertThat(answer.statusCode()).as(answer.body()).isIn(302, 409);
    }
    return true;
  }

  @Override
  public void close() {
    ending = true;
    failed.add(new IllegalStateException("ended"));
    threads.forEach(Thread::interrupt);
    staff.forEach(Thread::interrupt);
  }
}
