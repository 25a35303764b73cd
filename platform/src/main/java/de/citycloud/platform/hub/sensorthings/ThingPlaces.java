package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.FeaturesOfInterest;
import de.citycloud.platform.hub.sensorthings.Link.Join;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where Things are and were. Each change of a Thing's Locations leaves a HistoricalLocation. Needs a transaction. */
@Component
class ThingPlaces {
  private static final Join.Through LOCATIONS = new Join.Through("thing_location", "thing_id", "location_id");
  private static final Join.Through HISTORY = new Join.Through("historical_location_location",
      "historical_location_id", "location_id");

  private final EntityStore store;
  private final FeaturesOfInterest features;
  private final JdbcClient jdbc;

  ThingPlaces(EntityStore store, FeaturesOfInterest features, JdbcClient jdbc) {
    this.store = store;
    this.features = features;
    this.jdbc = jdbc;
  }

  /** The Thing is now at these Locations and at no other. */
  void move(int thing, Collection<Integer> locations) {
    store.lock(EntityType.THING, thing);
    var before = new TreeSet<>(store.linked(LOCATIONS, thing));
    var after = new TreeSet<>(locations);
    if (before.equals(after)) {
      return;
    }
    store.unlinkAll(LOCATIONS, thing);
    after.forEach(location -> store.link(LOCATIONS, thing, location));
    remember(thing, after);
  }

  /** The Thing is at this Location, too. */
  void add(int thing, int location) {
    var locations = new TreeSet<>(store.linked(LOCATIONS, thing));
    locations.add(location);
    move(thing, locations);
  }

  /** The Thing is not at this Location any more; false if it was not before. */
  boolean remove(int thing, int location) {
    var locations = new TreeSet<>(store.linked(LOCATIONS, thing));
    boolean there = locations.remove(location);
    move(thing, locations);
    return there;
  }

  /** A Location is somewhere else now: features made from it keep the old place, and with them the history. */
  void edited(int location) {
    jdbc.sql("update feature_of_interest set location_id = null where municipality_id = ? and location_id = ?")
        .param(CurrentMunicipality.get().id()).param(location).update();
    changed();
  }

  /** After the commit, the features of new Observations are looked up again. */
  void changed() {
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        features.forget();
      }
    });
  }

  private void remember(int thing, Collection<Integer> locations) {
    if (!locations.isEmpty()) {
      var columns = new LinkedHashMap<String, @Nullable Object>();
      columns.put("thing_id", thing);
      columns.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
      int history = store.insert(EntityType.HISTORICAL_LOCATION, columns);
      locations.forEach(location -> store.link(HISTORY, history, location));
    }
    changed();
  }
}
