package de.citycloud.signals.junction;

import de.citycloud.signals.network.Lane;
import de.citycloud.signals.network.Link;
import de.citycloud.signals.network.RoadNetwork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the {@link Section}s that vehicles reach from a junction. */
final class LookAhead {
  /** From the junction to the beginning of a section: those farther off hear too late that they should wait. */
  private static final double REACH_METRES = 250;
  /** One green can fill a section of this length. */
  private static final double LONGEST_SECTION_METRES = 70;
  private static final char TURN = 't';

  private LookAhead() {}

  static List<Section> of(RoadNetwork network, List<Movement> movements) {
    Map<Lane, BitSet> found = new LinkedHashMap<>();
    for (var movement : movements) {
      for (var lane : shortLanesBehind(network, movement.link().to())) {
        found.computeIfAbsent(lane, ignored -> new BitSet()).set(movement.group());
      }
    }
    var sections = new ArrayList<Section>();
    found.forEach((lane, groups) -> back(network, lane).ifPresent(
        back -> sections.add(new Section(lane, groups, back))));
    return sections;
  }

  /** A lane on a way, and how far its beginning is from the start of that way. */
  private record Step(Lane lane, double metres) {}

  private static List<Lane> shortLanesBehind(RoadNetwork network, Lane exit) {
    var lanes = new ArrayList<Lane>();
    var open = new ArrayDeque<Step>();
    var seen = new HashSet<Lane>();
    open.add(new Step(exit, 0));
    while (!open.isEmpty()) {
      var step = open.remove();
      var links = network.linksFrom(step.lane);
      boolean ends = links.isEmpty() || links.stream().anyMatch(link -> link.signal().isPresent());
      if (ends || step.metres > REACH_METRES || !seen.add(step.lane)) {
        continue;
      }
      if (!step.lane.equals(exit) && step.lane.lengthMetres() <= LONGEST_SECTION_METRES) {
        lanes.add(step.lane);
      }
      for (var link : links) {
        if (link.direction() != TURN) {
          open.add(new Step(link.to(), end(step, link)));
        }
      }
    }
    return lanes;
  }

  /** The lane that leads back from a lane's end to its beginning, turning round at both; empty if there is none. */
  private static Optional<Lane> back(RoadNetwork network, Lane lane) {
    return network.linksFrom(lane).stream().filter(link -> link.signal().isEmpty()).map(Link::to)
        .filter(other -> network.linksFrom(other).stream()
            .anyMatch(link -> link.signal().isEmpty() && link.to().equals(lane)))
        .findFirst();
  }

  private static double end(Step step, Link link) {
    return step.metres + step.lane.lengthMetres() + link.lengthMetres();
  }
}
