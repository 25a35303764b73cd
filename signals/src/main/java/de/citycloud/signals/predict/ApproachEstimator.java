package de.citycloud.signals.predict;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.network.Link;
import de.citycloud.signals.safety.Lamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the vehicles before one intersection and says what its stop lines have to expect. Not for several threads.
 */
public final class ApproachEstimator {
  /** Travel upstream of the stop line within which vehicles are seen, m. */
  public static final double SIGHT_METRES = 250;

  private static final double ACCELERATION = 2.2;
  private static final double STANDING_SPEED = 0.3;
  /** Memory of flows, s. */
  private static final double FLOW_MEMORY_SECONDS = 300;
  private static final double FIRST_FLOW = 0.02;
  private static final double FIRST_SATURATION = 0.52;
  private static final double SATURATION_PRIOR_SECONDS = 60;

  private final Intersection intersection;
  private final int horizon;
  private final TurningShares turning;
  private final Map<String, Track> tracks = new HashMap<>();
  private final Map<String, Integer> movementOfInternalLane = new HashMap<>();
  private final double[] flow;
  private final double[] dischargeSeconds;
  private final double[] discharged;
  private final int[] headWaits;
  private final int[] sinceCrossing;
  /** [lane] farthest free travel time in sight, s. */
  private final int[] sightSeconds;
  private int greenSeconds;
  private Lamp[] lamps = {};

  /** @param horizonSeconds how far to look ahead, 10 to 180 s */
  public ApproachEstimator(Intersection intersection, int horizonSeconds) {
    this.intersection = intersection;
    horizon = horizonSeconds;
    turning = new TurningShares(intersection);
    int n = intersection.lanes().size();
    flow = new double[n];
    Arrays.fill(flow, FIRST_FLOW);
    dischargeSeconds = new double[n];
    Arrays.fill(dischargeSeconds, SATURATION_PRIOR_SECONDS);
    discharged = new double[n];
    Arrays.fill(discharged, SATURATION_PRIOR_SECONDS * FIRST_SATURATION);
    headWaits = new int[n];
    sinceCrossing = new int[n];
    Arrays.fill(sinceCrossing, 1000);
    sightSeconds = new int[n];
    for (var upstream : intersection.upstream()) {
      for (int l = 0; l < n; l++) {
        if (upstream.prior()[l] > 0) {
          double seen = Math.min(upstream.lane().lengthMetres(), SIGHT_METRES - upstream.metresToStopLine());
          sightSeconds[l] = Math.max(sightSeconds[l],
              (int) (upstream.secondsToStopLine() + seen / upstream.lane().speedMetresPerSecond()));
        }
      }
    }
    for (int m = 0; m < intersection.movements().size(); m++) {
      for (var inner : intersection.movements().get(m).link().via()) {
        movementOfInternalLane.put(inner.id(), m);
      }
    }
  }

  /** A vehicle on its way. */
  private static final class Track {
    final List<Integer> lanes = new ArrayList<>();
    int upstream = -1;
    double metresToStopLine;
    double speed;
    long seen;
  }

  /** Takes in what is seen now, after {@code lamps} were shown for the last second. */
  public void see(Snapshot snapshot, Lamp[] lamps) {
    boolean same = Arrays.equals(lamps, this.lamps);
    this.lamps = lamps.clone();
    greenSeconds = same ? greenSeconds + 1 : 0;
    for (int l = 0; l < flow.length; l++) {
      flow[l] *= 1 - 1 / FLOW_MEMORY_SECONDS;
      sinceCrossing[l]++;
    }
    follow(snapshot);
    forgetWhoLeft(snapshot);
    watchHeads(snapshot);
  }

  private void follow(Snapshot snapshot) {
    for (int u = 0; u < intersection.upstream().size(); u++) {
      var upstream = intersection.upstream().get(u);
      for (var vehicle : snapshot.on(upstream.lane().id())) {
        var track = tracks.computeIfAbsent(vehicle.id(), ignored -> new Track());
        if (track.upstream != u) {
          track.upstream = u;
          track.lanes.add(u);
        }
        track.metresToStopLine = upstream.metresToStopLine() + upstream.lane().lengthMetres()
            - vehicle.positionMetres();
        track.speed = vehicle.speedMetresPerSecond();
        track.seen = snapshot.second();
      }
    }
  }

  private void forgetWhoLeft(Snapshot snapshot) {
    Map<String, Integer> inside = new HashMap<>();
    movementOfInternalLane.forEach((lane, movement) -> snapshot.on(lane).forEach(v -> inside.put(v.id(), movement)));
    tracks.entrySet().removeIf(entry -> {
      var track = entry.getValue();
      if (track.seen == snapshot.second()) {
        return false;
      }
      int stopLane = intersection.upstream().get(track.upstream).stopLane();
      boolean crossed = stopLane >= 0 && track.metresToStopLine < Math.max(20, 2 * track.speed + 8);
      for (int u : track.lanes) {
        turning.reached(u, crossed ? stopLane : -1);
      }
      if (crossed) {
        crossed(stopLane, inside.get(entry.getKey()));
      }
      return true;
    });
  }

  private void crossed(int lane, @Nullable Integer seenMovement) {
    flow[lane] += 1 / FLOW_MEMORY_SECONDS;
    sinceCrossing[lane] = 0;
    if (seenMovement != null && intersection.movements().get(seenMovement).lane() == lane) {
      turning.took(seenMovement);
      return;
    }
    int only = -1;
    for (int m = 0; m < intersection.movements().size(); m++) {
      var movement = intersection.movements().get(m);
      if (movement.lane() == lane && lamps[movement.group()] != Lamp.RED) {
        only = only == -1 ? m : -2;
      }
    }
    if (only >= 0) {
      turning.took(only);
    }
  }

  /** Learns saturation flows from queues with full green, and notices heads that cannot go. */
  private void watchHeads(Snapshot snapshot) {
    for (int l = 0; l < headWaits.length; l++) {
      var lane = intersection.lanes().get(l);
      boolean some = false;
      boolean all = true;
      for (var movement : intersection.movements()) {
        if (movement.lane() == l) {
          boolean green = lamps[movement.group()] == Lamp.GREEN;
          some |= green;
          all &= green && intersection.gives().get(movement.group()).isEmpty();
        }
      }
      int queue = 0;
      boolean headStands = false;
      for (var vehicle : snapshot.on(lane.id())) {
        double distance = lane.lengthMetres() - vehicle.positionMetres();
        headStands |= distance < 8 && vehicle.speedMetresPerSecond() < STANDING_SPEED;
        if (distance < 40 && vehicle.speedMetresPerSecond() < 6) {
          queue++;
        }
      }
      headWaits[l] = headStands && some && greenSeconds >= 2 ? headWaits[l] + 1 : 0;
      if (all && greenSeconds >= 4 && queue >= 2 && !headStands) {
        dischargeSeconds[l] = dischargeSeconds[l] * 0.998 + 1;
        discharged[l] = discharged[l] * 0.998 + (sinceCrossing[l] == 0 ? 1 : 0);
      }
    }
  }

  /** What to expect from now on. */
  public Forecast forecast(Snapshot snapshot) {
    int n = intersection.lanes().size();
    var arrivals = new double[n][horizon];
    var moving = new double[n][horizon];
    var standing = new double[n];
    var approaching = new double[n];
    var weights = new double[n];
    for (int u = 0; u < intersection.upstream().size(); u++) {
      var upstream = intersection.upstream().get(u);
      for (var vehicle : snapshot.on(upstream.lane().id())) {
        double left = upstream.lane().lengthMetres() - vehicle.positionMetres();
        int t = travelSeconds(left, upstream.secondsToStopLine(), upstream.lane().speedMetresPerSecond(),
            vehicle.speedMetresPerSecond());
        boolean sure = upstream.stopLane() >= 0 && left < 50;
        for (int l = 0; l < n; l++) {
          double share = sure ? l == upstream.stopLane() ? 1 : 0 : turning.reaching(u, l);
          if (share > 0.001) {
            arrivals[l][Math.min(t, horizon - 1)] += share;
            approaching[l] += share;
            weights[l] += share * (vehicle.weight() - 1);
            if (vehicle.speedMetresPerSecond() < STANDING_SPEED) {
              standing[l] += share;
            } else {
              moving[l][Math.min(t, horizon - 1)] += share;
            }
          }
        }
      }
    }
    for (int l = 0; l < n; l++) {
      weights[l] = 1 + weights[l] / Math.max(1, approaching[l]);
      for (int t = sightSeconds[l] + 1; t < horizon; t++) {
        arrivals[l][t] += flow[l];
        moving[l][t] += flow[l];
      }
    }
    return new Forecast(arrivals, moving, standing, approaching, turning.movements(), saturation(), weights,
        headWaits.clone(), sinceCrossing.clone(), exitFull(snapshot), insideStanding(snapshot), flow.clone());
  }

  /** Time to the stop line with the way still to go, accelerating to the permitted speed. */
  private static int travelSeconds(double metres, double secondsBehind, double permitted, double speed) {
    double gain = Math.max(0, permitted - speed);
    return (int) (metres / permitted + gain * gain / (2 * ACCELERATION * permitted) + secondsBehind);
  }

  private double[] saturation() {
    var saturation = new double[discharged.length];
    for (int l = 0; l < saturation.length; l++) {
      saturation[l] = Math.clamp(discharged[l] / dischargeSeconds[l], 0.35, 0.65);
    }
    return saturation;
  }

  private boolean[] exitFull(Snapshot snapshot) {
    var full = new boolean[intersection.movements().size()];
    for (int m = 0; m < full.length; m++) {
      for (var vehicle : snapshot.on(intersection.movements().get(m).link().to().id())) {
        full[m] |= vehicle.positionMetres() - vehicle.lengthMetres() < 8 && vehicle.speedMetresPerSecond() < 1;
      }
    }
    return full;
  }

  private boolean[] insideStanding(Snapshot snapshot) {
    var standing = new boolean[intersection.groups()];
    for (var movement : intersection.movements()) {
      Link link = movement.link();
      for (var inner : link.via()) {
        for (var vehicle : snapshot.on(inner.id())) {
          standing[movement.group()] |= vehicle.speedMetresPerSecond() < 2;
        }
      }
    }
    return standing;
  }
}
