package de.citycloud.signals.junction;

import de.citycloud.signals.network.Lane;
import de.citycloud.signals.network.Link;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.network.RoadNetwork.FixedProgram;
import de.citycloud.signals.network.RoadNetwork.Light;
import de.citycloud.signals.safety.SafetyRules;
import de.citycloud.signals.safety.SafetyRules.LocalStage;
import de.citycloud.signals.safety.UnsafeRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Derives intersections from a network. Two groups conflict if their ways meet in the right-of-way matrix and the fixed
 * program never shows them green together; where it does, the one that has to wait yields (permissive turns, people on
 * foot beside turning cars).
 */
public final class IntersectionImporter {
  private final RoadNetwork network;
  private final Light light;
  private final ImportSettings settings;
  private final FixedProgram program;
  private final List<String> assumptions = new ArrayList<>();
  private final int[] positions;
  private final GroupRelations relations;

  private IntersectionImporter(RoadNetwork network, Light light, ImportSettings settings) {
    this.network = network;
    this.light = light;
    this.settings = settings;
    program = light.programs().getFirst();
    positions = servedPositions();
    relations = new GroupRelations(network, light, positions, assumptions);
  }

  /**
   * All intersections of a network that can be controlled, by name. A light that contradicts itself is left to its own
   * program, so that it does not take the others with it.
   *
   * @param refused is told why a light was left out
   */
  public static List<Intersection> importAll(RoadNetwork network, ImportSettings settings, Consumer<String> refused) {
    var intersections = new ArrayList<Intersection>();
    for (var id : network.lights().keySet().stream().sorted().toList()) {
      try {
        importOne(network, id, settings).ifPresentOrElse(intersections::add,
            () -> refused.accept("Traffic light \"%s\" never shows green and is left to itself.".formatted(id)));
      } catch (UnsafeRules e) {
        refused.accept("Traffic light \"%s\" is left to its own program: %s".formatted(id, e.getMessage()));
      }
    }
    return intersections;
  }

  /** One intersection; empty if its light never shows green, so that there is nothing to control. */
  public static Optional<Intersection> importOne(RoadNetwork network, String id, ImportSettings settings) {
    var light = network.lights().get(id);
    if (light == null) {
      throw new IllegalArgumentException("There is no traffic light \"%s\", expected one of %s.".formatted(id,
          network.lights().keySet().stream().sorted().limit(20).toList()));
    }
    var importer = new IntersectionImporter(network, light, settings);
    return importer.positions.length == 0 ? Optional.empty() : Optional.of(importer.build());
  }

  /** Positions that control something and are green at least once; the others stay red. */
  private int[] servedPositions() {
    var served = new ArrayList<Integer>();
    for (int i = 0; i < light.size(); i++) {
      int position = i;
      boolean controls = light.links().containsKey(i)
          || light.crossings().stream().anyMatch(c -> c.signalIndex() == position);
      boolean green = program.steps().stream().anyMatch(step -> isGreen(step.state().charAt(position)));
      if (controls && green) {
        served.add(i);
      } else if (controls) {
        assumptions.add("Position %d is never green in program \"%s\": it stays red.".formatted(i, program.id()));
      }
    }
    return served.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean isGreen(char letter) {
    return letter == 'G' || letter == 'g';
  }

  private Intersection build() {
    var lanes = new LinkedHashMap<Lane, Integer>();
    var movements = new ArrayList<Movement>();
    for (int group = 0; group < positions.length; group++) {
      for (var link : light.links().getOrDefault(positions[group], List.<Link>of())) {
        int lane = lanes.computeIfAbsent(link.from(), ignored -> lanes.size());
        movements.add(new Movement(lane, group, link));
      }
    }
    var stages = new ArrayList<Stage>();
    var programStages = programStages(stages);
    addDerived(stages);
    var stopLanes = List.copyOf(lanes.keySet());
    return new Intersection(light.id(), light.size(), positions, stopLanes, movements,
        LookBack.of(network, settings.lookBackMetres(), stopLanes), LookAhead.of(network, movements), stages, program,
        programStages, relations.gives(),
        relations.pedestrian(), rules(stages, programStages), assumptions);
  }

  private int[] programStages(List<Stage> stages) {
    var known = new LinkedHashMap<BitSet, Integer>();
    var indices = new int[program.steps().size()];
    for (int s = 0; s < indices.length; s++) {
      var state = program.steps().get(s).state();
      var green = new BitSet();
      for (int g = 0; g < positions.length; g++) {
        green.set(g, isGreen(state.charAt(positions[g])));
      }
      boolean isStage = !green.isEmpty() && state.indexOf('y') < 0 && state.indexOf('u') < 0;
      indices[s] = !isStage ? -1 : known.computeIfAbsent(green, groups -> {
        stages.add(stage(groups, true));
        return stages.size() - 1;
      });
    }
    ensureEverybodyIsServed(stages);
    return indices;
  }

  /** A group may be green only beside somebody's yellow; it then gets a stage of its own. */
  private void ensureEverybodyIsServed(List<Stage> stages) {
    for (int g = 0; g < positions.length; g++) {
      int group = g;
      if (stages.stream().noneMatch(stage -> stage.groups().get(group))) {
        var alone = new BitSet();
        alone.set(g);
        stages.add(stage(alone, true));
        assumptions.add("Position %d is green only while others are yellow: it gets a stage of its own."
            .formatted(positions[g]));
      }
    }
  }

  private void addDerived(List<Stage> stages) {
    if (settings.derivedStages() == 0) {
      return;
    }
    var legal = LegalStages.of(relations.conflicts());
    if (legal.isEmpty() || legal.size() > settings.derivedStages() + stages.size()) {
      assumptions.add("There are too many sets of groups without conflict: only the program's stages are used.");
      return;
    }
    for (var groups : legal) {
      if (stages.stream().noneMatch(stage -> stage.groups().equals(groups))) {
        stages.add(stage(groups, false));
      }
    }
  }

  private Stage stage(BitSet groups, boolean programmed) {
    var yielding = new BitSet();
    for (int g = groups.nextSetBit(0); g >= 0; g = groups.nextSetBit(g + 1)) {
      yielding.set(g, relations.gives().get(g).intersects(groups));
    }
    var name = groups.stream().mapToObj(g -> "K" + positions[g]).collect(Collectors.joining("+"));
    return new Stage(name, groups, yielding, programmed);
  }

  private SafetyRules rules(List<Stage> stages, int[] programStages) {
    int n = positions.length;
    var yellow = new int[n];
    var minGreen = new int[n];
    var maxRed = new int[n];
    var intergreen = new int[n][n];
    for (int i = 0; i < n; i++) {
      yellow[i] = relations.pedestrian().get(i) ? 0 : settings.yellowSeconds();
      minGreen[i] = settings.minGreenSeconds();
      maxRed[i] = settings.maxRedSeconds();
      int clearing = Math.max(settings.yellowSeconds(),
          (int) Math.ceil(relations.walkMetres(i) / settings.walkMetresPerSecond()));
      Arrays.fill(intergreen[i], Math.min(60, clearing));
    }
    return new SafetyRules(relations.conflicts(), intergreen, yellow, minGreen, maxRed,
        localProgram(stages, programStages));
  }

  private List<LocalStage> localProgram(List<Stage> stages, int[] programStages) {
    var local = new ArrayList<LocalStage>();
    var served = new BitSet();
    Map<Integer, Boolean> used = new LinkedHashMap<>();
    for (int s = 0; s < programStages.length; s++) {
      if (programStages[s] >= 0) {
        int seconds = (int) Math.round(program.steps().get(s).seconds());
        if (seconds < settings.minGreenSeconds()) {
          assumptions.add("Step %d of program \"%s\" has %d s of green: lengthened to the minimum green, %d s."
              .formatted(s, program.id(), seconds, settings.minGreenSeconds()));
        }
        local.add(new LocalStage(stages.get(programStages[s]).groups(),
            Math.clamp(seconds, settings.minGreenSeconds(), 180)));
        served.or(stages.get(programStages[s]).groups());
        used.put(programStages[s], true);
      }
    }
    for (int s = 0; s < stages.size() && served.cardinality() < positions.length; s++) {
      if (!used.containsKey(s)) {
        local.add(new LocalStage(stages.get(s).groups(), Math.max(10, settings.minGreenSeconds())));
        served.or(stages.get(s).groups());
      }
    }
    return local;
  }
}
