package de.citycloud.platform.hub.source;

import de.citycloud.platform.hub.Result;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/**
 * Live values of a car park, told in one way whatever the source writes. Negative values and values above the capacity
 * are kept and flagged; where only the occupied spaces are told, the free ones are worked out and say so.
 *
 * @param free free spaces; null if not told
 * @param occupied occupied spaces; null if not told
 * @param capacity spaces these numbers are about; null if not known
 * @param state {@code open}, {@code closed}, {@code full} and so on; null if not told
 */
public record ParkingValues(@Nullable Double free, @Nullable Double occupied, @Nullable Double capacity,
    @Nullable String state) {
  /** Hands the values of {@code thingId} at {@code time} to {@code findings}. */
  public void tell(Findings findings, String thingId, Instant time) throws IOException {
    if (free != null) {
      number(findings, thingId, "free", time, free, Map.of());
    } else if (occupied != null && capacity != null) {
      number(findings, thingId, "free", time, capacity - occupied, Map.of("derived", true));
    }
    if (occupied != null) {
      number(findings, thingId, "occupied", time, occupied, Map.of());
    }
    if (state != null) {
      findings.accept(new DatastreamFound(thingId, "state", "Zustand", Quantity.of("state"), 0,
          free == null && occupied == null));
      findings.accept(new ObservationFound(thingId, "state", time, null, new Result.Json(StringNode.valueOf(state)),
          List.of(), Map.of()));
    }
  }

  private void number(Findings findings, String thingId, String role, Instant time, double value,
      Map<String, Object> parameters) throws IOException {
    var quantity = Quantity.of(role);
    boolean main = role.equals("free") || free == null && capacity == null;
    findings.accept(new DatastreamFound(thingId, role, quantity.name(), quantity, 0, main));
    var flags = new ArrayList<String>();
    if (value < 0) {
      flags.add("negative");
    }
    if (capacity != null && value > capacity) {
      flags.add("above-capacity");
    }
    findings.accept(new ObservationFound(thingId, role, time, null, Result.of(value), flags, parameters));
  }
}
