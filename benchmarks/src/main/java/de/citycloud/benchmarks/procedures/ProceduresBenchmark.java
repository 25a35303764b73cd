package de.citycloud.benchmarks.procedures;

import de.citycloud.benchmarks.hub.Load;
import de.citycloud.benchmarks.hub.Program;
import de.citycloud.benchmarks.hub.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code ./city bench procedures}: starts a fresh program, applies and decides as people do, keeps the figures. */
public final class ProceduresBenchmark {
  private static final String PASSWORD = "drei Igel tanzen im Mai";
  private static final int USERS = 50;
  private static final int WORKERS = 8;
  private static final long ADOPTION_LIMIT_NANOS = 120_000_000_000L;
  private static final List<String> VIEWS = List.of("own", "open", "team", "due");

  private final Report report;
  private final Program program;
  private final int seconds;
  private final int warmUp;

  private ProceduresBenchmark(Report report, Program program, int seconds) {
    this.report = report;
    this.program = program;
    this.seconds = seconds;
    this.warmUp = 2 * seconds;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments {@code --home FOLDER} of the project (default: the working directory), {@code --quick} for 3 s a
   *     figure and 10,000 open cases instead of 10 s and 100,000, {@code --only pages|inbox|cases} for a part, not kept
   */
  public static void main(String[] arguments) throws Exception {
    var options = Arrays.asList(arguments);
    int at = options.indexOf("--home");
    var home = Path.of(at >= 0 ? options.get(at + 1) : ".").toAbsolutePath().normalize();
    boolean quick = options.contains("--quick");
    int seconds = quick ? 3 : 10;
    var data = Files.createTempDirectory(Files.createDirectories(home.resolve("benchmarks/target")), "procedures");
    var report = new Report(seconds);
    report.progress("a town of the demo adopts its procedures");
    try (var first = Program.start(home, data, true)) {
      waitForAdoption(first.httpPort);
    }
    // Measured without the demo's own traffic; what was adopted stays.
    try (var program = Program.start(home, data)) {
      int only = options.indexOf("--only");
      new ProceduresBenchmark(report, program, seconds).run(quick ? 10_000 : 100_000,
          only >= 0 ? options.get(only + 1) : "");
    }
    if (!options.contains("--only")) {
      report.write(home.resolve("benchmarks/results"), quick ? "procedures-quick" : "procedures");
    }
  }

  private static void waitForAdoption(int port) throws Exception {
    long end = System.nanoTime() + ADOPTION_LIMIT_NANOS;
    for (boolean there = false; !there;) {
      try (var applicant = new Applicant(port)) {
        there = applicant.looksAtService();
      }
      if (!there && System.nanoTime() > end) {
        throw new IOException("Ludwigsburg does not offer the resident parking permit.");
      }
      Thread.sleep(500);
    }
  }

  private void run(int openCases, String only) throws Exception {
    var town = new TownUnderLoad(program.databasePort(), program.databasePassword());
    setUp(town, openCases);
    if (only.isEmpty() || only.equals("pages")) {
      pages();
    }
    if (only.isEmpty() || only.equals("inbox")) {
      inbox(openCases);
    }
    if (only.isEmpty() || only.equals("cases")) {
      cases(town);
    }
    report.note("memory of the whole program after the load", program.memoryMegabytes(), "MB", "≤ 800");
  }

  private void setUp(TownUnderLoad town, int openCases) throws Exception {
    report.progress("staff, and %,d open cases".formatted(openCases));
    var link = program.city("set-up-link", "ludwigsburg").lines().filter(line -> line.contains("token=")).findFirst()
        .orElseThrow().replaceFirst(".*(token=\\S+).*", "$1");
    try (var browser = new Browser(program.httpPort)) {
      Caseworker.expect(200, browser.get("/ludwigsburg/set-up?" + link), browser);
      Caseworker.expect(302, browser.post("/ludwigsburg/set-up", Map.of("token", link.substring("token=".length()),
          "name", "bench-admin", "password", PASSWORD, "again", PASSWORD)), browser);
    }
    apply(); // the first case makes its office
    town.addCaseworkers(WORKERS, "bench-admin");
    town.addOpenCases(openCases);
  }

  private String apply() throws IOException {
    try (var applicant = new Applicant(program.httpPort)) {
      return applicant.applies();
    }
  }

  private void pages() throws Exception {
    report.progress("pages of citizens");
    int port = program.httpPort;
    pages("page of a service, 16 clients without a pause", 16, 0, "", number -> {
      var applicant = new Applicant(port);
      return client(applicant, () -> applicant.looksAtService() ? 1 : -1);
    });
    Load.ClientFactory form = number -> {
      var applicant = new Applicant(port);
      // Each is on another page of the form, with the answers of those before.
      var at = applicant.begins();
      for (int pages = 0; pages < number % 5; pages++) {
        at = applicant.fillsIn(at);
      }
      var page = at;
      return client(applicant, () -> applicant.looksAt(page) ? 1 : -1);
    };
    pages("form page, %d clients without a pause".formatted(USERS), USERS, 0, "", form);
    pages("form page, %d people, a page a second each".formatted(USERS), USERS, 1_000, "p95 ≤ 50 ms", form);
  }

  private void inbox(int openCases) throws Exception {
    report.progress("inbox");
    for (var view : VIEWS) {
      for (int people : List.of(WORKERS, 1)) {
        pages("inbox with %,d open cases, view %s, %d at once".formatted(openCases, view, people), people, 0,
            people == 1 ? "p95 ≤ 100 ms" : "", number -> {
              var worker = caseworker(number);
              var page = new int[1];
              return client(worker, () -> worker.looksAtInbox(view, page[0]++ % 3) ? 1 : -1);
            });
      }
    }
  }

  /** Warms up, then measures, with the CPU that each answer took: that says something on a busy machine, too. */
  private void pages(String what, int clients, int pauseMillis, String target, Load.ClientFactory people)
      throws Exception {
    Load.run(clients, 0, warmUp, pauseMillis, people);
    double before = program.cpuSeconds();
    var figure = Load.run(clients, 0, seconds, pauseMillis, people);
    double cpu = program.cpuSeconds() - before;
    report.pages(what, figure, 1_000 * cpu / Math.max(1, figure.perSecond() * seconds), target);
  }

  /** A case: 9 pages of the applicant with 8 forms, then 4 pages of staff with 2 forms: about 26 calls. */
  private void cases(TownUnderLoad town) throws Exception {
    report.progress("whole cases");
    var yardstick = town.yardstick(WORKERS, 20, 4, 50_000, seconds);
    report.yardstick("PostgreSQL: 20 commits of 4 rows and a document of 50 kB, %d connections".formatted(WORKERS),
        yardstick);
    for (int workers : List.of(WORKERS, 1)) {
      Load.ClientFactory hands = number -> {
        var worker = caseworker(number);
        return client(worker, () -> {
          worker.decides(apply());
          return 1;
        });
      };
      Load.run(workers, 0, 2 * warmUp, hands);
      long before = town.closedCases();
      double cpu = program.cpuSeconds();
      var figure = Load.run(workers, 0, seconds, hands);
      long closed = town.closedCases() - before;
      report.compare("whole cases over HTTP, first page to decision, %d at once".formatted(workers), figure, yardstick,
          workers == 1 ? "" : "≥ 30 /s");
      report.note("   CPU of program and store for each", 1_000 * (program.cpuSeconds() - cpu) / Math.max(1, closed),
          "ms", "");
      report.note("   closed in the store", closed, "cases", "");
    }
  }

  private Caseworker caseworker(int number) throws IOException {
    return new Caseworker(program.httpPort, "worker" + number, PASSWORD);
  }

  private static Load.Client client(AutoCloseable person, java.util.concurrent.Callable<Integer> call) {
    return new Load.Client() {
      @Override
      public int call() throws Exception {
        return call.call();
      }

      @Override
      public void close() throws Exception {
        person.close();
      }
    };
  }
}
