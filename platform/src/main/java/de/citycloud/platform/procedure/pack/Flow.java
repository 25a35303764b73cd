package de.citycloud.platform.procedure.pack;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way of a case: the safe part of a BPMN 2.0 process. There is one start; tasks of people, calls of the platform's
 * own services, exclusive and parallel gateways, ends. No scripts, no expressions besides {@link Sequence#outcome}, no
 * sub-processes, no timers (deadlines are the platform's).
 *
 * @param nodes by id, in the order of the file
 * @param sequences from node to node
 */
public record Flow(Map<String, Node> nodes, List<Sequence> sequences) {
  public Flow {
    nodes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(nodes));
    sequences = List.copyOf(sequences);
  }

  /** A point of the flow. */
  public sealed interface Node {
    String id();
  }

  /** Where a case begins: it is {@code RECEIVED} there. */
  public record Start(String id) implements Node {}

  /** Where it ends: it is then {@code CLOSED}. */
  public record End(String id) implements Node {}

  /**
   * Something a person of the city does.
   *
   * @param kind what it is
   * @param role office that does it: {@code own} for the office of the procedure, or a key of an office that a parameter
   *     or the package names, e.g. {@code fire}
   * @param outcomes with which it can be completed, each with its words, e.g. {@code grant}; at least one
   */
  public record Task(String id, Kind kind, Words name, String role, Map<String, Words> outcomes) implements Node {
    public Task {
      outcomes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(outcomes));
    }

    /** Kinds of task. While one of them is open the case shows {@link VisibleState#IN_REVIEW}. */
    public enum Kind {
      /** Look at it. */
      REVIEW,
      /** Another office says what it thinks (<i>Beteiligung</i>); outcomes are free. */
      HEARING,
      /** Decide: outcomes are some of {@code grant}, {@code refuse}, {@code partly}. */
      DECIDE,
      /** A second person confirms what the first decided: outcomes {@code approve}, {@code return}. */
      SECOND_LOOK,
      /** Hand over to another authority, which continues outside of this platform: outcome {@code done}. */
      HAND_OVER
    }
  }

  /**
   * The platform does something.
   *
   * @param call what
   * @param with further words of the call, e.g. {@code document=decision}
   */
  public record Service(String id, Call call, Map<String, String> with) implements Node {
    public Service {
      with = Map.copyOf(with);
    }

    /** What packages may ask for; nothing else exists. */
    public enum Call {
      /** Makes a document from the template named {@code document} and sends it. */
      SEND_DOCUMENT,
      /** Tells the applicant something: the text named {@code text} of the package. */
      NOTIFY,
      /** Publishes the approved event; {@code place}, {@code from}, {@code until}, {@code visitors}, {@code name} name the fields. */
      PUBLISH_EVENT,
      /** Decides without a person, by the decision table {@code eligibility}; refused where there is discretion. */
      DECIDE_BY_TABLE
    }
  }

  /** One of its ways. @param parallel true if all ways are taken, and joined again */
  public record Gateway(String id, boolean parallel) implements Node {}

  /**
   * From one node to another.
   *
   * @param task whose outcome decides, and {@code outcome} which; both null if it is always taken, or the way if no other
   *     fits
   */
  public record Sequence(String id, String from, String to, @Nullable String task, @Nullable String outcome) {}
}
