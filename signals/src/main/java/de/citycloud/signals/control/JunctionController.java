package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.predict.ApproachEstimator;
import de.citycloud.signals.predict.Snapshot;
import de.citycloud.signals.safety.Lamp;
import de.citycloud.signals.safety.SafetyKernel;
import de.citycloud.signals.safety.SignalRequest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One intersection under control: estimates, asks the strategy, closes streams into full sections, lets greens end as
 * late as the next stage allows, holds the next green while vehicles stand inside the junction, and lets the safety
 * kernel decide. An exception or a late answer of the strategy means no wish: the kernel then runs the local program.
 * Not for several threads.
 */
public final class JunctionController {
  private static final int HORIZON_SECONDS = 90;
  private static final int PATIENCE_SECONDS = 2;
  private static final int MOST_CLEARING_SECONDS = 12;
  /** An answer that takes longer is not used. */
  private static final long LATE_NANOS = 2_000_000_000L;

  private final Intersection intersection;
  private final ControlStrategy strategy;
  private final SafetyKernel kernel;
  private final ApproachEstimator estimator;
  private final SectionGuard guard;
  private final LateEnds lateEnds;
  private Lamp[] lamps;
  private final int[] lampSeconds;
  private final int[] redSeconds;
  private final int[] serviceSeconds;
  /** Groups that the guard keeps red. */
  private BitSet closed = new BitSet();
  private int stage;
  private int clearing;
  private String reason = "";
  private long failures;
  private long slowestNanos;

  /** @param strategies makes the strategy of this intersection */
  public JunctionController(Intersection intersection, Function<Intersection, ControlStrategy> strategies) {
    this.intersection = intersection;
    strategy = strategies.apply(intersection);
    kernel = new SafetyKernel(intersection.rules(), PATIENCE_SECONDS);
    estimator = new ApproachEstimator(intersection, HORIZON_SECONDS);
    guard = new SectionGuard(intersection);
    lateEnds = new LateEnds(intersection);
    lamps = new Lamp[intersection.groups()];
    Arrays.fill(lamps, Lamp.RED);
    lampSeconds = new int[lamps.length];
    redSeconds = new int[lamps.length];
    serviceSeconds = new int[lamps.length];
  }

  /** The intersection. */
  public Intersection intersection() {
    return intersection;
  }

  /** Why the last stage was chosen. */
  public String reason() {
    return reason;
  }

  /** Decisions that failed or came too late so far. */
  public long failures() {
    return failures;
  }

  /** Longest time a decision took so far, ns. */
  public long slowestNanos() {
    return slowestNanos;
  }

  /**
   * Decides the next second.
   *
   * @param snapshot what is seen now; null if there is nothing usable
   * @return the letters of the light
   */
  public String step(@Nullable Snapshot snapshot) {
    var shown = kernel.step(snapshot == null ? null : wish(snapshot));
    for (int g = 0; g < shown.length; g++) {
      lampSeconds[g] = shown[g] == lamps[g] ? lampSeconds[g] + 1 : 1;
      redSeconds[g] = shown[g] == Lamp.GREEN ? 0 : redSeconds[g] + 1;
      serviceSeconds[g] = shown[g] == Lamp.GREEN && !yields(g, shown) ? 0 : serviceSeconds[g] + 1;
    }
    lamps = shown;
    return intersection.letters(shown);
  }

  private boolean yields(int group, Lamp[] shown) {
    var others = intersection.gives().get(group);
    for (int j = others.nextSetBit(0); j >= 0; j = others.nextSetBit(j + 1)) {
      if (shown[j] == Lamp.GREEN) {
        return true;
      }
    }
    return false;
  }

  private @Nullable SignalRequest wish(Snapshot snapshot) {
    long start = System.nanoTime();
    try {
      estimator.see(snapshot, lamps);
      closed = strategy.keepsSectionsFree() ? guard.closed(snapshot, redSeconds) : new BitSet();
      var view = view(snapshot);
      var decision = strategy.decide(view);
      stage = decision.stage();
      var green = (BitSet) intersection.stages().get(stage).groups().clone();
      reason = decision.reason() + (green.intersects(closed) ? "; where they lead to is full: " + names(green) : "");
      green.andNot(closed);
      green = lateEnds.wish(green, lamps, redSeconds, closed);
      holdForTheJunctionToClear(green, view);
      return isLate(start) ? null : new SignalRequest(kernel.now(), green);
    } catch (RuntimeException e) {
      // Whatever a strategy does wrong, the street must not notice: the local program takes over.
      failures++;
      reason = "local program after " + e;
      return null;
    } finally {
      slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
    }
  }

  /** Those of some groups that are kept red. */
  private String names(BitSet groups) {
    return groups.stream().filter(closed::get).mapToObj(intersection::groupName).collect(Collectors.joining("+"));
  }

  private boolean isLate(long start) {
    boolean late = System.nanoTime() - start > LATE_NANOS;
    failures += late ? 1 : 0;
    return late;
  }

  private JunctionView view(Snapshot snapshot) {
    int since = Integer.MAX_VALUE;
    var groups = (BitSet) intersection.stages().get(stage).groups().clone();
    groups.andNot(closed);
    for (int g = groups.nextSetBit(0); g >= 0; g = groups.nextSetBit(g + 1)) {
      since = lamps[g] == Lamp.GREEN ? Math.min(since, lampSeconds[g]) : -1;
      if (since < 0) {
        break;
      }
    }
    var forecast = estimator.forecast(snapshot);
    for (int m = 0; m < forecast.exitFull().length; m++) {
      forecast.exitFull()[m] |= closed.get(intersection.movements().get(m).group());
    }
    return new JunctionView(intersection, kernel.now(), lamps.clone(), lampSeconds.clone(), redSeconds.clone(),
        serviceSeconds.clone(), stage, since, forecast);
  }

  /** Groups that are still red wait, some seconds at most, while a conflicting vehicle stands inside the junction. */
  private void holdForTheJunctionToClear(BitSet green, JunctionView view) {
    boolean held = false;
    for (int g = green.nextSetBit(0); g >= 0; g = green.nextSetBit(g + 1)) {
      if (lamps[g] != Lamp.GREEN && clearing < MOST_CLEARING_SECONDS && blockedInside(g, view)) {
        green.clear(g);
        held = true;
      }
    }
    clearing = held
        ? clearing + 1
        : view.greenSeconds() >= 0 ? 0 : clearing;
  }

  private boolean blockedInside(int group, JunctionView view) {
    for (int other = 0; other < lamps.length; other++) {
      if (lamps[other] != Lamp.GREEN && intersection.conflict(group, other)
          && view.forecast().insideLong()[other]) {
        return true;
      }
    }
    return false;
  }
}
