package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.PlaceKind;
import java.util.Set;

/**
 * What a client of the live stream wants to hear; an empty set wants all.
 *
 * @param datastreams ids
 * @param things ids
 * @param kinds kinds of the Things
 */
record LiveFilter(Set<Integer> datastreams, Set<Integer> things, Set<PlaceKind> kinds) {
  boolean wants(LiveSeries.Series series) {
    return (datastreams.isEmpty() || datastreams.contains(series.datastreamId()))
        && (things.isEmpty() || things.contains(series.place().id()))
        && (kinds.isEmpty() || kinds.contains(series.place().kind()));
  }
}
