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
  /** Time that the first vehicle of the next green needs to the middle of the junction, s. */
  private static final int CLEARING_SECONDS = 2;
  private static final double SLOW_SPEED = 4;
  private static final double STANDING_SPEED = 0.3;
  /** Memory of flows, s. */
  private static final double FLOW_MEMORY_SECONDS = 300;
  private static final double FIRST_FLOW = 0.02;
  private static final double FIRST_SATURATION = 0.52;
  private static final double HEADWAYS_PRIOR = 30;
  private static final double HEADWAY_FADING = 0.99;
  private static final int LONGEST_HEADWAY_SECONDS = 4;

  private final Intersection intersection;
  private final int horizon;
  private final TurningShares turning;
  private final Map<String, Track> tracks = new HashMap<>();
  private final Map<String, Integer> movementOfInternalLane = new HashMap<>();
  private final double[] flow;
  /** [lane] sum and number of headways between vehicles that left a queue, s. */
  private final double[] headwaySeconds;
  private final double[] headways;
  /** [lane] true if the last vehicle that crossed had stood in the queue. */
  private final boolean[] lastHadStood;
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
    headways = new double[n];
    Arrays.fill(headways, HEADWAYS_PRIOR);
    headwaySeconds = new double[n];
    Arrays.fill(headwaySeconds, HEADWAYS_PRIOR / FIRST_SATURATION);
    lastHadStood = new boolean[n];
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
    boolean stood;
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
        track.stood |= track.speed < STANDING_SPEED;
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
      var movement = inside.get(entry.getKey());
      int stopLane = movement != null ? intersection.movements().get(movement).lane() : crossedStopLane(track);
      for (int u : track.lanes) {
        turning.reached(u, stopLane);
      }
      if (stopLane >= 0) {
        learnHeadway(stopLane, track.stood);
        crossed(stopLane, movement);
      }
      return true;
    });
  }

  private void learnHeadway(int lane, boolean stood) {
    int headway = sinceCrossing[lane];
    if (stood && lastHadStood[lane] && headway > 0 && headway <= LONGEST_HEADWAY_SECONDS) {
      headways[lane] = headways[lane] * HEADWAY_FADING + 1;
      headwaySeconds[lane] = headwaySeconds[lane] * HEADWAY_FADING + headway;
    }
    lastHadStood[lane] = stood;
  }

  /** A stop line lane of a metre is passed between two looks: then the likeliest one is meant. */
  private int crossedStopLane(Track track) {
    if (track.metresToStopLine > Math.max(12, 1.5 * track.speed + 6)) {
      return -1;
    }
    int own = intersection.upstream().get(track.upstream).stopLane();
    return own >= 0 ? own : turning.likeliest(track.upstream);
  }

  private void crossed(int lane, @Nullable Integer seenMovement) {
    flow[lane] += 1 / FLOW_MEMORY_SECONDS;
    sinceCrossing[lane] = 0;
    if (seenMovement != null) {
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

  /** Notices heads of queues that cannot go although their lane has some green. */
  private void watchHeads(Snapshot snapshot) {
    for (int l = 0; l < headWaits.length; l++) {
      var lane = intersection.lanes().get(l);
      boolean green = false;
      for (var movement : intersection.movements()) {
        green |= movement.lane() == l && lamps[movement.group()] == Lamp.GREEN;
      }
      boolean headStands = false;
      for (var vehicle : snapshot.on(lane.id())) {
        headStands |= lane.lengthMetres() - vehicle.positionMetres() < 8
            && vehicle.speedMetresPerSecond() < STANDING_SPEED;
      }
      headWaits[l] = headStands && green && greenSeconds >= 2 ? headWaits[l] + 1 : 0;
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
        headWaits.clone(), sinceCrossing.clone(), exitFull(snapshot), insideLong(snapshot), flow.clone());
  }

  /** Time over {@code metres} when accelerating to the permitted speed, and the time behind that. */
  private static int travelSeconds(double metres, double secondsBehind, double permitted, double speed) {
    double way = Math.max(0, metres);
    double slow = Math.min(speed, permitted);
    double needed = (permitted * permitted - slow * slow) / (2 * ACCELERATION);
    double seconds = needed >= way
        ? (Math.sqrt(slow * slow + 2 * ACCELERATION * way) - slow) / ACCELERATION
        : (permitted - slow) / ACCELERATION + (way - needed) / permitted;
    return (int) (seconds + secondsBehind);
  }

  private double[] saturation() {
    var saturation = new double[headways.length];
    for (int l = 0; l < saturation.length; l++) {
      saturation[l] = Math.clamp(headways[l] / headwaySeconds[l], 0.3, 0.65);
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

  /** Vehicles that need longer to leave the junction than the next ones need to reach its middle. */
  private boolean[] insideLong(Snapshot snapshot) {
    var inside = new boolean[intersection.groups()];
    var full = exitFull(snapshot);
    for (int m = 0; m < full.length; m++) {
      var movement = intersection.movements().get(m);
      if (full[m]) {
        // It stands because of what lies beyond: to wait for it would only cost the others their green.
        continue;
      }
      Link link = movement.link();
      double behind = link.lengthMetres();
      for (var inner : link.via()) {
        behind -= inner.lengthMetres();
        for (var vehicle : snapshot.on(inner.id())) {
          double left = inner.lengthMetres() - vehicle.positionMetres() + behind;
          inside[movement.group()] |= vehicle.speedMetresPerSecond() < SLOW_SPEED && travelSeconds(left, 0,
              inner.speedMetresPerSecond(), vehicle.speedMetresPerSecond()) >= CLEARING_SECONDS;
        }
      }
    }
    return inside;
  }
}
