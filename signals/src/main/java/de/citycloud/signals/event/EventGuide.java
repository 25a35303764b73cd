package de.citycloud.signals.event;

import de.citycloud.signals.control.Guidance;
import de.citycloud.signals.control.JunctionView;
import de.citycloud.signals.event.EventDemand.Direction;
import de.citycloud.signals.event.Prices.Turn;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.simulate.Ways;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The event layer: once a minute it prices every store before a signal with the demand that the calendar promises,
 * scaled to what has really come, and tells the intersections which movements earn most. Before and after the event it
 * asks nothing. Not for several threads; one for each session.
 */
public final class EventGuide implements Guidance.Guide {
  /** It begins so long before the first vehicles, s: queues are cleared before the wave. */
  private static final long EARLY_SECONDS = 900;
  private static final double LEAST_WEIGHT = 0.5;
  private static final double MOST_WEIGHT = 2;
  private static final double FULL_SHARE = 0.85;

  private final EventDemand demand;
  private final Sections sections;
  private final @Nullable JunctionView[] views;
  /** [source of the demand] stores on its ways. */
  private final List<Way> ways;
  private final ArrivalScale scale;
  private final long beginSecond;
  private final Guidance[] guidance;
  private long nextPlan;

  /** Stores that vehicles of a source meet, in order. */
  private record Way(String source, double share, int[] stores) {}

  /** @param beginSecond time of day at which the session starts, s */
  public EventGuide(EventDemand demand, RoadNetwork network, List<Intersection> intersections, long beginSecond) {
    this.demand = demand;
    this.beginSecond = beginSecond;
    sections = new Sections(network, intersections);
    views = new JunctionView[intersections.size()];
    guidance = new Guidance[intersections.size()];
    Arrays.fill(guidance, Guidance.NEUTRAL);
    ways = ways(new Ways(network));
    scale = new ArrivalScale(demand.deviationShare());
  }

  /** From each source to each possible end, in equal shares or those of the gates. */
  private List<Way> ways(Ways network) {
    var found = new ArrayList<Way>();
    boolean come = demand.direction() == Direction.ARRIVE;
    Set<String> gates = demand.gateShares().keySet();
    for (var source : demand.slices().stream().map(EventDemand.Slice::edgeId).distinct().toList()) {
      for (var end : come ? demand.venueEdges() : gates) {
        double share = come
            ? 1.0 / demand.venueEdges().size()
            : demand.gateShares().getOrDefault(end, 0.0);
        var stores = network.fastest(source, end).stream().filter(sections.byEdge::containsKey)
            .mapToInt(edge -> sections.byEdge.getOrDefault(edge, 0)).toArray();
        if (share > 0 && stores.length > 0) {
          found.add(new Way(source, share, stores));
        }
      }
    }
    return found;
  }

  @Override
  public Guidance of(JunctionView view) {
    var index = sections.intersections.get(view.intersection().id());
    if (index == null || demand.slices().isEmpty()) {
      return Guidance.NEUTRAL;
    }
    views[index] = view;
    if (view.second() >= nextPlan && Arrays.stream(views).allMatch(v -> v != null)) {
      nextPlan = view.second() + Prices.STEP_SECONDS;
      plan(beginSecond + view.second());
    }
    return guidance[index];
  }

  private void plan(long now) {
    long first = demand.slices().getFirst().fromSecond();
    long last = demand.slices().getLast().fromSecond() + EventDemand.SLICE_SECONDS;
    if (now < first - EARLY_SECONDS || now > last + EARLY_SECONDS) {
      Arrays.fill(guidance, Guidance.NEUTRAL);
      return;
    }
    int n = sections.storage.length;
    var vehicles = new double[n];
    var flow = new double[n];
    var capacity = new double[n];
    var turns = new ArrayList<Turn>();
    for (int i = 0; i < views.length; i++) {
      var view = views[i];
      if (view != null) {
        measure(i, view, vehicles, flow, capacity, turns);
      }
    }
    var from = new double[n];
    for (var turn : turns) {
      if (turn.to() >= 0) {
        from[turn.to()] += turn.share() * flow[turn.from()];
      }
    }
    scale.see(demand.vehiclesAt(now) / EventDemand.SLICE_SECONDS, observed(flow), Prices.STEP_SECONDS, now < first);
    var inflow = new double[Prices.STEPS][n];
    for (int k = 0; k < Prices.STEPS; k++) {
      for (int s = 0; s < n; s++) {
        inflow[k][s] = Prices.STEP_SECONDS * Math.max(0, flow[s] - from[s]);
      }
      addEvent(inflow[k], now + (long) k * Prices.STEP_SECONDS);
    }
    var prices = Prices.of(vehicles, sections.storage, capacity, turns, inflow);
    for (int i = 0; i < views.length; i++) {
      guidance[i] = guidance(i, prices, vehicles);
    }
  }

  private void measure(int i, JunctionView view, double[] vehicles, double[] flow, double[] capacity,
      List<Turn> turns) {
    var forecast = view.forecast();
    var perStore = new double[vehicles.length];
    for (int l = 0; l < view.intersection().lanes().size(); l++) {
      int store = sections.byEdge.getOrDefault(view.intersection().lanes().get(l).edgeId(), 0);
      vehicles[store] += forecast.approaching()[l];
      flow[store] += forecast.flow()[l];
      perStore[store] += forecast.flow()[l];
      // What a lane can pass if all stages get equal shares, and at least what it passes now.
      double green = 1.0 / Math.max(1, view.intersection().stages().size());
      capacity[store] += Prices.STEP_SECONDS * Math.max(forecast.flow()[l], forecast.saturation()[l] * green);
    }
    for (int m = 0; m < view.intersection().movements().size(); m++) {
      int lane = view.intersection().movements().get(m).lane();
      int store = sections.from[i][m];
      double share = perStore[store] > 0 ? forecast.shares()[m] * forecast.flow()[lane] / perStore[store] : 0;
      turns.add(new Turn(store, sections.to[i][m], share));
    }
  }

  /** Flow at the first stores of the event's ways, vehicles a second. */
  private double observed(double[] flow) {
    return ways.stream().mapToInt(way -> way.stores[0]).distinct().mapToDouble(store -> flow[store]).sum();
  }

  private void addEvent(double[] inflow, long second) {
    for (var slice : demand.slices()) {
      if (second >= slice.fromSecond() && second < slice.fromSecond() + EventDemand.SLICE_SECONDS) {
        for (var way : ways) {
          if (way.source.equals(slice.edgeId())) {
            inflow[way.stores[0]] += scale.mean() * slice.vehicles() * way.share * Prices.STEP_SECONDS
                / EventDemand.SLICE_SECONDS;
          }
        }
      }
    }
  }

  private Guidance guidance(int i, double[] prices, double[] vehicles) {
    var view = views[i];
    if (view == null) {
      return Guidance.NEUTRAL;
    }
    var weights = new double[sections.from[i].length];
    var held = new BitSet();
    double mean = 0;
    for (int m = 0; m < weights.length; m++) {
      int to = sections.to[i][m];
      weights[m] = prices[sections.from[i][m]] - (to < 0 ? 0 : prices[to]);
      mean += Math.max(0, weights[m]) / weights.length;
      // Not into a road that is full already, if a vehicle there costs more than one that waits here.
      held.set(m, to >= 0 && weights[m] < 0 && vehicles[to] > FULL_SHARE * sections.storage[to]);
    }
    for (int m = 0; m < weights.length; m++) {
      weights[m] = mean > 0 ? Math.clamp(weights[m] / mean, LEAST_WEIGHT, MOST_WEIGHT) : 1;
    }
    return new Guidance(weights, held,
        String.format(Locale.ROOT, "event: %.0f %% of the expected vehicles come", 100 * scale.mean()));
  }
}
