package de.citycloud.signals.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A road network with its traffic lights.
 *
 * @param lanes by id
 * @param links all ways across junctions
 * @param linksFrom links by the id of the lane they start on; a lane without any is absent
 * @param linksTo links by the id of the lane they lead to
 * @param rightsOfWay by junction id; a junction without matrix is absent
 * @param lights traffic lights, by id
 * @param report what the reader assumed or left out
 */
public record RoadNetwork(Map<String, Lane> lanes, List<Link> links, Map<String, List<Link>> linksFrom,
    Map<String, List<Link>> linksTo, Map<String, RightOfWay> rightsOfWay, Map<String, Light> lights,
    ImportReport report) {
  public RoadNetwork {
    lanes = Map.copyOf(lanes);
    links = List.copyOf(links);
    linksFrom = Map.copyOf(linksFrom);
    linksTo = Map.copyOf(linksTo);
    rightsOfWay = Map.copyOf(rightsOfWay);
    lights = Map.copyOf(lights);
  }

  /**
   * A traffic light as the network describes it.
   *
   * @param id its name
   * @param links the controlled ways by signal index; several ways may share an index
   * @param crossings the controlled ways on foot
   * @param programs fixed programs, the first being the one in force
   */
  public record Light(String id, Map<Integer, List<Link>> links, List<Crossing> crossings,
      List<FixedProgram> programs) {
    public Light {
      links = Map.copyOf(links);
      crossings = List.copyOf(crossings);
      programs = List.copyOf(programs);
    }

    /** Number of positions in its state. */
    public int size() {
      return programs.isEmpty()
          ? links.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1
          : programs.getFirst().steps().getFirst().state().length();
    }
  }

  /**
   * A fixed program: its steps follow each other for ever.
   *
   * @param id name within the light
   * @param offsetSeconds start of the cycle after time 0
   * @param steps at least one
   */
  public record FixedProgram(String id, int offsetSeconds, List<Step> steps) {
    public FixedProgram {
      steps = List.copyOf(steps);
    }

    /** Cycle time (German: <i>Umlaufzeit</i>), s. */
    public double cycleSeconds() {
      return steps.stream().mapToDouble(Step::seconds).sum();
    }
  }

  /**
   * One step of a fixed program.
   *
   * @param seconds its length, s
   * @param state one letter a position: {@code G} green with priority, {@code g} green that gives way, {@code y} yellow,
   *     {@code r} red, {@code u} red and yellow, {@code o}/{@code O} off
   */
  public record Step(double seconds, String state) {}

  /** Names of all road sections. */
  public Set<String> edgeIds() {
    return lanes.values().stream().map(Lane::edgeId).collect(Collectors.toSet());
  }

  /** The links that start on a lane; empty at the edge of the network. */
  public List<Link> linksFrom(Lane lane) {
    return linksFrom.getOrDefault(lane.id(), List.of());
  }

  /** The links that lead to a lane; empty at the edge of the network. */
  public List<Link> linksTo(Lane lane) {
    return linksTo.getOrDefault(lane.id(), List.of());
  }

  /** The right of way at a junction; empty if it has none. */
  public Optional<RightOfWay> rightOfWay(String nodeId) {
    return Optional.ofNullable(rightsOfWay.get(nodeId));
  }
}
