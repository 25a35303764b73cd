package de.citycloud.platform.hub.page;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A small town with car parks and measuring points in every state, and four weeks of history at two of them. */
public final class LiveTown {
  private final JdbcClient jdbc;
  private final SomePlaces some;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  /** The car park with history. */
  public final int station;
  /** Its Datastream. */
  public final int stationFree;
  /** The air station with history. */
  public final int air;

  /** Fills the current municipality. */
  public LiveTown(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.some = new SomePlaces(jdbc);
    station = carPark("Parkhaus Bahnhof", "Pflugfelder Straße 17", 424, 9.183914, 48.892612);
    stationFree = free(station);
    history(stationFree,
        "round(230 + 150 * cos(2 * pi() * (extract(hour from t at time zone 'Europe/Berlin') - 2) / 24)"
            + " + 12 * sin(extract(epoch from t) / 977))",
        "10 minutes",
        "(t > now() - interval '15 hours' and t < now() - interval '13 hours')");
    some.value(stationFree, now.minusSeconds(40), 148);
    parking("Parkhaus Solitude", "Solitudestraße 24", 180, 9.188451, 48.892262, 64);
    parking("Rathaustiefgarage", "Mathildenstraße 28", 220, 9.192195, 48.894345, 86);
    parking("Akademiehofgarage", "Akademiehof 15", 210, 9.192956, 48.894058, 21);
    parking("Bärenwiese", "Friedrich-Ebert-Straße 7", 483, 9.195211, 48.894095, 37);
    parking("Parkhaus MHPArena", "Schwieberdinger Straße 30", 350, 9.182432, 48.891118, 212);
    parking("Parkhaus Asperger Straße", "Asperger Straße 20", 200, 9.18669, 48.897437, 95);
    parking("P+R Bahnhof", "Bahnhof", 78, 9.184829, 48.893154, 0);
    int walcker = carPark("Walckerpark", "Bietigheimer Straße 17", 125, 9.190658, 48.901588);
    some.value(free(walcker), now.minus(3, ChronoUnit.HOURS), 12);
    air = some.thing("Schlossstraße", "{\"kind\": \"air\", \"address\": \"Schlossstraße 21\", \"source\": \"LUBW\","
        + " \"licence\": \"DL-DE/BY 2.0\"}", 9.194, 48.8978);
    int no2 = some.datastream(air, "Stickstoffdioxid", "ug/m3", "{\"role\": \"no2\", \"main\": true,"
        + " \"intervalSeconds\": 3600}");
    history(no2, "round((28 + 14 * sin(2 * pi() * extract(hour from t at time zone 'Europe/Berlin') / 12)"
        + " + 5 * sin(extract(epoch from t) / 7777))::numeric, 1)", "1 hour",
        "(t > now() - interval '75 hours' and t < now() - interval '70 hours')");
    for (int hour = 50; hour < 53; hour++) {
      some.value(no2, now.truncatedTo(ChronoUnit.HOURS).minus(hour, ChronoUnit.HOURS).plusSeconds(60), 78.0 - hour % 3,
          "{\"resultQuality\": \"suspect\"}");
    }
    some.value(no2, now.minusSeconds(1500), 58);
    int dust = some.datastream(air, "Feinstaub PM10", "ug/m3", "{\"role\": \"pm10\", \"intervalSeconds\": 3600}");
    some.value(dust, now.minusSeconds(1500), 18.4);
    int weather = some.thing("Wetter am Rathaus", "{\"kind\": \"weather\"}", 9.1899, 48.8938);
    some.value(some.datastream(weather, "Lufttemperatur", "Cel", "{\"main\": true}"), now.minusSeconds(200), -3.25);
    some.thing("Bodenfeuchte Bärenwiese", "{\"kind\": \"soil\"}", 9.1975, 48.8906);
  }

  private int carPark(String name, String address, int capacity, double longitude, double latitude) {
    return some.thing(name,
        "{\"kind\": \"parking\", \"address\": \"%s\", \"capacity\": %d, \"fee\": \"2,30 Euro je Stunde\","
            .formatted(address, capacity) + " \"openingHours\": \"bis 1 Uhr\", \"source\": \"PBW\"}",
        longitude, latitude);
  }

  private int free(int thing) {
    return some.datastream(thing, "Freie Plätze", "1",
        "{\"role\": \"free\", \"main\": true, \"intervalSeconds\": 300}");
  }

  private void parking(String name, String address, int capacity, double longitude, double latitude, int free) {
    some.value(free(carPark(name, address, capacity, longitude, latitude)), now.minusSeconds(70), free);
  }

  private void history(int datastream, String value, String every, String gap) {
    jdbc.sql("""
             insert into observation (municipality_id, datastream_id, phenomenon_time, result)
             select ?, ?, t, %s from generate_series(date_trunc('hour', ?::timestamptz) - interval '28 days',
               ?::timestamptz - interval '15 minutes', interval '%s') t where not %s
             """.formatted(value, every, gap)).param(CurrentMunicipality.get().id()).param(datastream)
        .param(now.atOffset(ZoneOffset.UTC)).param(now.atOffset(ZoneOffset.UTC)).update();
  }
}
