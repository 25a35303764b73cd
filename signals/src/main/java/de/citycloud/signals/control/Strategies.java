package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All strategies by name. */
public final class Strategies {
  /** Behind the name of a strategy: the event layer guides it by a calendar entry. */
  public static final String GUIDED = "@event";

  private final Map<String, Function<Intersection, ControlStrategy>> byName = new LinkedHashMap<>();

  /** @param beginSecond time of day at which controllers start, s; offsets of fixed programs refer to it */
  public Strategies(long beginSecond) {
    byName.put("adaptive", intersection -> new Adaptive(intersection, new Regime()));
    byName.put("saturated", intersection -> new Predictive(intersection, PredictiveSettings.saturated()));
    byName.put("predictive", intersection -> new Predictive(intersection, PredictiveSettings.normal()));
    byName.put("fixed", intersection -> new FixedTime(intersection, beginSecond));
    byName.put("percycle", intersection -> new PerCycle(intersection, beginSecond));
    byName.put("actuated", intersection -> new Actuated(intersection, 50));
    byName.put("actuated80", intersection -> new Actuated(intersection, 80));
    byName.put("maxpressure", intersection -> new Greedy(intersection, true));
    byName.put("greedy", intersection -> new Greedy(intersection, false));
  }

  /** Names, ours first. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** A strategy by its name, under a guide. */
  public Function<Intersection, ControlStrategy> get(String name, Guidance.Guide guide) {
    var strategy = get(name);
    return intersection -> Guidance.guided(strategy.apply(intersection), guide);
  }

  /**
   * A strategy by its name; {@code predictive:stopCost=2,beam=20} is ours with other parameters.
   *
   * @throws IllegalArgumentException if there is no strategy of that name
   */
  public Function<Intersection, ControlStrategy> get(String name) {
    if (name.startsWith("predictive:")) {
      var settings = PredictiveSettings.normal();
      for (var assignment : name.substring("predictive:".length()).split(",")) {
        settings = settings.with(assignment);
      }
      var changed = settings;
      return intersection -> new Predictive(intersection, changed);
    }
    if (name.equals("adaptive")) {
      // One regime for all intersections of a session.
      var regime = new Regime();
      return intersection -> new Adaptive(intersection, regime);
    }
    var strategy = byName.get(name);
    if (strategy == null) {
      throw new IllegalArgumentException("\"%s\" is no control strategy, expected one of %s.".formatted(name,
          String.join(", ", byName.keySet())));
    }
    return strategy;
  }
}
