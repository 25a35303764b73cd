package de.citycloud.platform.hub.connector;

import de.citycloud.platform.hub.SourceReport;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.SourceRecord;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.EventFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what a connector finds, and hands it on. */
final class FindingsCount implements Findings {
  private final Findings next;
  private final Set<String> things = new HashSet<>();
  private final Set<String> datastreams = new HashSet<>();
  private final List<SourceReport.Rejected> rejected = new ArrayList<>();
  private long observations;
  private long rejectedCount;
  private int events;

  FindingsCount(Findings next) {
    this.next = next;
  }

  @Override
  public void accept(SourceRecord found) throws IOException {
    switch (found) {
      case ThingFound thing -> things.add(thing.id());
      case DatastreamFound stream -> datastreams.add(stream.thingId() + '\0' + stream.key());
      case ObservationFound _ -> observations++;
      case EventFound _ -> events++;
    }
    next.accept(found);
  }

  @Override
  public void reject(String place, String reason, @Nullable String excerpt) throws IOException {
    rejectedCount++;
    if (rejected.size() < SourceReport.NAMED) {
      rejected.add(new SourceReport.Rejected(place, reason));
    }
    next.reject(place, reason, excerpt);
  }

  /** True if nothing was found and nothing rejected. */
  boolean isEmpty() {
    return things.isEmpty() && observations == 0 && events == 0 && rejectedCount == 0;
  }

  SourceReport report() {
    return new SourceReport(things.size(), datastreams.size(), observations, events, rejectedCount, rejected);
  }
}
