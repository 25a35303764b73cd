package de.citycloud.platform.hub.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.hub.Place;
import de.citycloud.platform.hub.PlaceKind;
import de.citycloud.platform.hub.PlaceState;
import de.citycloud.platform.hub.Places;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class PlacesTest extends CityTest {
  @Autowired
  Places places;
  @Autowired
  Municipalities municipalities;
  @Autowired
  JdbcClient jdbc;
  @Autowired
  @OwnerConnections
  DataSource owner;

  private Municipality town(String slug) {
    return municipalities.ensure(slug, "Ort", 9.19, 48.89, false);
  }

  @Test
  void aCarParkSaysHowManySpacesAreFreeAndWhetherThatIsMuch() {
    var now = Instant.now();
    CurrentMunicipality.run(town("places-parking"), () -> {
      var some = new SomePlaces(jdbc);
      int garage = some.thing("Garage", "{\"kind\": \"parking\", \"capacity\": 100, \"address\": \"Allee 1\"}", 9.1,
          48.8);
      int cars = some.datastream(garage, "Belegt", "1", "{\"role\": \"occupied\"}");
      int free = some.datastream(garage, "Frei", "1", "{\"role\": \"free\", \"main\": true, \"intervalSeconds\": 60}");
      assertThat(only().stateAt(now)).isEqualTo(PlaceState.EMPTY);
      some.value(cars, now, 60);
      some.value(free, now.minusSeconds(90), 40);
      assertThat(only().free()).hasValue(40);
      assertThat(only().stateAt(now)).isEqualTo(PlaceState.FREE);
      assertThat(only().stateAt(now.plusSeconds(60))).isEqualTo(PlaceState.OLD);
      some.value(free, now.minusSeconds(60), 10);
      assertThat(only().stateAt(now)).isEqualTo(PlaceState.SCARCE);
      some.value(free, now, -3);
      assertThat(only().stateAt(now)).isEqualTo(PlaceState.FULL);
      assertThat(only().text("address")).hasValue("Allee 1");
    });
  }

  private Place only() {
    var all = places.list(Set.of(), null);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void kindsAndBoundsSelect() {
    CurrentMunicipality.run(town("places-select"), () -> {
      var some = new SomePlaces(jdbc);
      some.thing("Luft", "{\"kind\": \"air\"}", 9.19, 48.89);
      some.thing("Parkplatz", "{\"kind\": \"parking\"}", 9.25, 48.95);
      some.thing("Etwas", "{\"kind\": \"spaceship\"}", 9.25, 48.95);
      some.thing("Namenlos", "{}", 9.19, 48.89);
      assertThat(names(Set.of(), null)).containsExactly("Etwas", "Luft", "Namenlos", "Parkplatz");
      assertThat(names(Set.of(PlaceKind.AIR), null)).containsExactly("Luft");
      assertThat(names(Set.of(PlaceKind.OTHER, PlaceKind.PARKING), null)).containsExactly("Etwas", "Namenlos",
          "Parkplatz");
      assertThat(names(Set.of(), new Places.Bounds(9.1, 48.8, 9.2, 48.9))).containsExactly("Luft", "Namenlos");
      int luft = places.list(Set.of(PlaceKind.AIR), null).getFirst().id();
      assertThat(places.find(luft)).map(Place::name).hasValue("Luft");
    });
  }

  @Test
  void aBoxReachesTheIndexBehindTheWall() {
    var town = town("places-many");
    CurrentMunicipality.run(town, () -> {
      jdbc.sql(
          """
          with t as (insert into thing (municipality_id, name, description)
            select :m, 'Ding ' || i, '' from generate_series(1, 4000) i returning id),
          l as (insert into location (municipality_id, name, description, encoding_type, location, extent, position)
            select :m, id::text, '', 'application/geo+json', '{}', box(p, p), p
            from (select id, point(9 + (id % 71) * 0.01, 48 + (id % 53) * 0.01) p from t) q returning id, name)
          insert into thing_location select :m, name::int, id from l
          """).param("m", town.id()).update();
    });
    JdbcClient.create(owner).sql("analyze thing; analyze location; analyze thing_location").update();
    CurrentMunicipality.run(town, () -> {
      var plan = String.join("\n", jdbc.sql("explain " + JdbcPlaces.SELECT + JdbcPlaces.WITHIN)
          .param("municipality", town.id()).param("west", 9.1).param("south", 48.1).param("east", 9.13)
          .param("north", 48.13).query(String.class).list());
      assertThat(plan).contains("location_extent").doesNotContain("Seq Scan on location", "Seq Scan on thing ");
      assertThat(names(Set.of(), new Places.Bounds(9.095, 48.095, 9.125, 48.125))).isNotEmpty().hasSizeLessThan(100);
    });
  }

  private List<String> names(Set<PlaceKind> kinds, Places.@Nullable Bounds within) {
    return places.list(kinds, within).stream().map(Place::name).toList();
  }

  @Test
  void nonsenseInPropertiesIsNoData() {
    CurrentMunicipality.run(town("places-nonsense"), () -> {
      var some = new SomePlaces(jdbc);
      int thing = some.thing("Seltsam", "{\"kind\": [\"parking\"], \"capacity\": \"viele\", \"address\": 7}", 9.1,
          48.8);
      int datastream = some.datastream(thing, "Frei", "1", "{\"role\": {}, \"intervalSeconds\": -1}");
      some.value(datastream, Instant.now(), null, "{\"result\": \"offen\"}");
      assertThat(only().kind()).isEqualTo(PlaceKind.OTHER);
      assertThat(only().capacity()).isEmpty();
      assertThat(only().text("address")).isEmpty();
      var main = Objects.requireNonNull(only().main());
      assertThat(main.text()).isEqualTo("offen");
      assertThat(main.interval()).isEqualTo(Duration.ofMinutes(15));
      assertThat(only().stateAt(Instant.now())).isEqualTo(PlaceState.CURRENT);
    });
  }

  @Test
  void anotherMunicipalitySeesNothingOfIt() {
    int thing = CurrentMunicipality.call(town("places-mine"),
        () -> new SomePlaces(jdbc).thing("Meins", "{\"kind\": \"air\"}", 9.1, 48.8));
    CurrentMunicipality.run(town("places-theirs"), () -> {
      assertThat(places.find(thing)).isEmpty();
      assertThat(places.list(Set.of(), null)).isEmpty();
    });
  }

  @Test
  void boundsAreWestSouthEastNorth() {
    assertThatThrownBy(() -> new Places.Bounds(9.2, 48, 9.1, 49)).hasMessageContaining("west ≤ east");
    assertThatThrownBy(() -> new Places.Bounds(Double.NaN, 48, 9.1, 49)).hasMessageContaining("bbox");
  }
}
