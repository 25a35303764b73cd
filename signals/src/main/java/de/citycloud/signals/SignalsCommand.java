package de.citycloud.signals;

import de.citycloud.signals.control.Strategies;
import de.citycloud.signals.evaluate.EvaluateCommand;
import de.citycloud.signals.event.EventDemand.Direction;
import de.citycloud.signals.event.EventGuide;
import de.citycloud.signals.event.EventReader;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.JunctionReport;
import de.citycloud.signals.junction.ProgramImport;
import de.citycloud.signals.network.NetworkRefused;
import de.citycloud.signals.network.ProgramFile;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.network.RoadNetwork.FixedProgram;
import de.citycloud.signals.network.SumoNetReader;
import de.citycloud.signals.sumo.SumoSession;
import de.citycloud.signals.sumo.TraciFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ./city signals …}: exit codes are 0 well, 1 failed, 2 not understood or input refused. */
public final class SignalsCommand {
  private static final Set<String> CONTROL = Set.of("traci-port", "net", "event", "begin", "end", "yellow",
      "min-green", "sensors", "controller", "report", "programs");
  private static final Set<String> REPORT = Set.of("yellow", "min-green", "programs", "export");
  private static final Set<String> EVALUATE = Set.of("controller", "seeds", "sensors", "json", "derived-stages",
      "simulator");

  private SignalsCommand() {}

  /** Runs one command. */
  public static void main(String[] words) {
    System.exit(run(Arrays.asList(words), System.out, System.err));
  }

  static int run(List<String> words, PrintStream out, PrintStream err) {
    try {
      switch (words.isEmpty() ? "" : words.getFirst()) {
        case "control" -> control(new Options(words.subList(1, words.size()), CONTROL), out, err);
        case "report" -> report(new Options(words.subList(1, words.size()), REPORT), out);
        case "evaluate" -> evaluate(new Options(words.subList(1, words.size()), EVALUATE), out);
        default -> throw new IllegalArgumentException(
            """
            "%s" is not a command of signals, expected control, evaluate or report.
            Maybe "./city help" shows what you mean.""".formatted(words.isEmpty() ? "" : words.getFirst()));
      }
      return 0;
    } catch (IllegalArgumentException | NetworkRefused | TraciFailure e) {
      err.println(e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void control(Options options, PrintStream out, PrintStream err)
      throws IOException, NetworkRefused, TraciFailure {
    int port = options.whole("traci-port", 1, 65535, -1);
    int begin = options.whole("begin", 0, Integer.MAX_VALUE, 0);
    int end = options.whole("end", 1, Integer.MAX_VALUE, -1);
    if (end <= begin) {
      throw new IllegalArgumentException("--end is %d, expected more than --begin, %d.".formatted(end, begin));
    }
    var name = options.get("controller", "adaptive");
    boolean guided = name.endsWith(Strategies.GUIDED);
    var known = new Strategies(begin);
    var strategies = known.get(name.replace(Strategies.GUIDED, ""));
    boolean loopsOnly = options.loopsOnly();
    var imported = Imported.of(options.get("net", null), options);
    if (options.has("event")) {
      var event = EventReader.read(Path.of(options.get("event", null)), imported.network().edgeIds());
      err.println("%s: %.0f ± %.0f vehicles %s".formatted(event.name(), event.vehicles(),
          event.vehicles() * event.deviationShare(), event.direction() == Direction.ARRIVE ? "come" : "go"));
      if (guided) {
        strategies = known.get(name.replace(Strategies.GUIDED, ""),
            new EventGuide(event, imported.network(), imported.intersections(), begin));
      }
    } else if (guided) {
      throw new IllegalArgumentException("--controller is \"%s\", but --event is missing.".formatted(name));
    }
    imported.refused().forEach(err::println);
    if (options.has("report")) {
      imported.write(options.get("report", null), imported.report(), out);
    }
    var summary = new SumoSession(imported.intersections(), strategies, loopsOnly).run(port, end, (time, shown) -> {});
    err.println("%d intersections, %d steps, %d failed decisions, slowest %.1f ms".formatted(
        imported.intersections().size(), summary.steps(), summary.failures(), summary.slowestMillis()));
  }

  private static void report(Options options, PrintStream out) throws IOException, NetworkRefused {
    if (options.positions.size() != 1) {
      throw new IllegalArgumentException(
          "%d networks are named, expected one net.xml.".formatted(options.positions.size()));
    }
    var imported = Imported.of(options.positions.getFirst(), options);
    out.print(imported.report());
    if (options.has("export")) {
      imported.write(options.get("export", null), ProgramFile.write(imported.programs()), out);
    }
  }

  /** A network with what was made of it. */
  private record Imported(String name, RoadNetwork network, List<Intersection> intersections, ImportSettings settings,
      List<String> refused) {
    static Imported of(String net, Options options) throws NetworkRefused {
      var settings = ImportSettings.of(options.whole("yellow", 1, 10, 3), options.whole("min-green", 1, 60, 5));
      var network = SumoNetReader.read(Path.of(net));
      if (options.has("programs")) {
        network = ProgramImport.apply(network, ProgramFile.read(Path.of(options.get("programs", null))), settings);
      }
      var refused = new ArrayList<String>();
      return new Imported(String.valueOf(Path.of(net).getFileName()), network,
          IntersectionImporter.importAll(network, settings, refused::add), settings, refused);
    }

    String report() {
      return JunctionReport.of(name, network, intersections, settings, refused);
    }

    Map<String, FixedProgram> programs() {
      var programs = new LinkedHashMap<String, FixedProgram>();
      network.lights().forEach((id, light) -> programs.put(id, light.programs().getFirst()));
      return programs;
    }

    void write(String target, String text, PrintStream out) throws IOException {
      if (target.equals("-")) {
        out.print(text);
      } else {
        Files.writeString(Path.of(target), text);
      }
    }
  }

  private static void evaluate(Options options, PrintStream out)
      throws IOException, NetworkRefused, TraciFailure, InterruptedException {
    if (options.positions.isEmpty()) {
      throw new IllegalArgumentException("No scenario is named, expected at least one folder with a scenario.json.");
    }
    var seeds = new ArrayList<Integer>();
    for (var seed : options.get("seeds", "1,2,3,4,5").split(",")) {
      seeds.add(Options.whole("seeds", seed, 0, Integer.MAX_VALUE));
    }
    EvaluateCommand.run(new EvaluateCommand.Plan(options.positions.stream().map(Path::of).toList(),
        List.of(options.get("controller", "adaptive").split("/")), seeds,
        ImportSettings.of(3, 5).withDerivedStages(options.whole("derived-stages", 0, 100, 0)), options.loopsOnly(),
        options.oneOf("simulator", "sumo", "built-in").equals("built-in"),
        Path.of(options.get("json", "signals-evaluation.json"))), out);
  }

  /** What stands behind a command. */
  private static final class Options {
    final List<String> positions = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    Options(List<String> words, Set<String> known) {
      for (int i = 0; i < words.size(); i++) {
        var word = words.get(i);
        if (!word.startsWith("--")) {
          positions.add(word);
          continue;
        }
        int equals = word.indexOf('=');
        var name = word.substring(2, equals < 0 ? word.length() : equals);
        if (!known.contains(name)) {
          throw new IllegalArgumentException("\"%s\" is not an option here, expected one of %s.".formatted(word,
              known.stream().sorted().map(n -> "--" + n).toList()));
        }
        if (equals < 0 && i + 1 == words.size()) {
          throw new IllegalArgumentException("%s stands last, expected a value after it.".formatted(word));
        }
        values.put(name, equals < 0 ? words.get(++i) : word.substring(equals + 1));
      }
    }

    String get(String name, @org.jspecify.annotations.Nullable String otherwise) {
      var value = values.getOrDefault(name, otherwise);
      if (value == null) {
        throw new IllegalArgumentException("--%s is missing.".formatted(name));
      }
      return value;
    }

    boolean has(String name) {
      return values.containsKey(name);
    }

    boolean loopsOnly() {
      return oneOf("sensors", "full", "loops").equals("loops");
    }

    /** One of two words; the first if none is given. */
    String oneOf(String name, String usual, String other) {
      var value = get(name, usual);
      if (!value.equals(usual) && !value.equals(other)) {
        throw new IllegalArgumentException("--%s is \"%s\", expected %s or %s.".formatted(name, value, usual, other));
      }
      return value;
    }

    /** A whole number; {@code otherwise} below {@code least} means that it has to be given. */
    int whole(String name, int least, int most, int otherwise) {
      return whole(name, get(name, otherwise < least ? null : "" + otherwise), least, most);
    }

    static int whole(String name, String value, int least, int most) {
      try {
        // A harness may hand over times as 25200.0.
        double number = Double.parseDouble(value.strip());
        if (number >= least && number <= most) {
          return (int) number;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw new IllegalArgumentException("--%s is \"%s\", expected %d to %d.".formatted(name, value, least, most));
    }
  }
}
