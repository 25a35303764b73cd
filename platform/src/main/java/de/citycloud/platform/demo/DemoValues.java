package de.citycloud.platform.demo;

import de.citycloud.platform.demo.DemoTown.Place;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.OptionalDouble;

/**
 * Invented values that look like a town: the day's and the week's rhythm of each profile, smooth noise on top, now and
 * then a gap. The same place and time always give the same value, so history and live values fit together.
 */
final class DemoValues {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private DemoValues() {}

  /** The value of a quantity at a time, in its unit; empty while the device is being serviced. */
  static OptionalDouble at(Place place, DemoQuantity quantity, Instant time) {
    var local = time.atZone(ZONE);
    if (isServiced(place, local)) {
      return OptionalDouble.empty();
    }
    long seed = place.id().hashCode() * 31L + quantity.role().hashCode();
    double value = switch (place.kind()) {
      case "parking", "charging" -> free(place, local, seed);
      case "air" -> air(place, quantity, local, seed);
      case "traffic" -> traffic(place, quantity, local, seed);
      case "bicycle" -> Math.max(0, 34 * rhythm("commuter", local) * (isWeekend(local) ? 1.4 : 1)
          * (0.75 + 0.5 * noise(seed, time, 3600)));
      case "weather" -> weather(quantity, local, seed);
      case "water" -> 148 + 22 * noise(seed, time, 5 * 86_400) + 3 * noise(seed + 1, time, 7200);
      case "soil" -> 24 + 9 * noise(seed, time, 6 * 86_400) + 0.6 * noise(seed + 1, time, 7200);
      default -> throw new IllegalArgumentException("No values for a place of kind " + place.kind());
    };
    double scale = Math.pow(10, quantity.decimals());
    return OptionalDouble.of(Math.round(value * scale) / scale);
  }

  private static double free(Place place, ZonedDateTime local, long seed) {
    int capacity = place.capacity() == null ? 100 : place.capacity();
    // A handful of charging points changes in whole steps: one car is a quarter of them.
    double restless = capacity < 20 ? 0.9 : 0.14;
    double taken = 0.08 + 0.82 * rhythm(place.profile(), local)
        + restless * (noise(seed, local.toInstant(), 2400) - 0.5);
    return Math.clamp(Math.round(capacity * (1 - taken)), 0, capacity);
  }

  private static double air(Place place, DemoQuantity quantity, ZonedDateTime local, long seed) {
    double traffic = rhythm("trunk", local);
    double weather = noise(local.toLocalDate().toEpochDay() + 7, local.toInstant(), 86_400);
    double street = place.profile().equals("street") ? 1 : 0.4;
    double smooth = noise(seed, local.toInstant(), 5400);
    return quantity.role().equals("no2")
        ? 7 + street * 30 * traffic * (0.7 + 0.6 * weather) + 7 * smooth
        : 9 + 8 * weather + 5 * street * traffic + 4 * smooth;
  }

  private static double traffic(Place place, DemoQuantity quantity, ZonedDateTime local, long seed) {
    double load = rhythm(place.profile().equals("trunk") ? "trunk" : "commuter-road", local);
    double count = (place.profile().equals("trunk") ? 250 : 110) * load
        * (0.9 + 0.2 * noise(seed, local.toInstant(), 900));
    return quantity.role().equals("count")
        ? count
        : 49 - 22 * Math.pow(load, 3) + 5 * (noise(seed + 5, local.toInstant(), 1200) - 0.5);
  }

  private static double weather(DemoQuantity quantity, ZonedDateTime local, long seed) {
    double year = -Math.cos(2 * Math.PI * (local.getDayOfYear() - 15) / 365);
    double day = -Math.cos(2 * Math.PI * (hour(local) - 3) / 24);
    double front = noise(seed, local.toInstant(), 3 * 86_400) - 0.5;
    return quantity.role().equals("temperature")
        ? 10.5 + 9.5 * year + 3.2 * day + 7 * front
        : Math.clamp(72 - 12 * day - 26 * front, 25, 100);
  }

  /** Share of the profile's maximum, 0 to 1. */
  private static double rhythm(String profile, ZonedDateTime local) {
    double hour = hour(local);
    boolean sunday = local.getDayOfWeek() == DayOfWeek.SUNDAY;
    boolean weekend = isWeekend(local);
    return switch (profile) {
      case "centre" -> (sunday ? 0.3 : weekend ? 1.05 : 0.9) * plateau(hour, 8.2, 10.5, 16.5, 20);
      case "commuter" -> (weekend ? 0.22 : 1.02) * plateau(hour, 5.8, 8.6, 15.5, 19.5);
      case "campus" -> (weekend ? 0.08 : 0.85) * plateau(hour, 7.3, 9.8, 14.5, 18.5);
      case "event" -> Math.max((sunday ? 0.35 : 0.6) * plateau(hour, 9, 11.5, 16, 19),
          isEventEvening(local) ? 1.1 * plateau(hour, 17.6, 19.6, 22, 23.6) : 0);
      case "charging" -> 0.35 + 0.4 * plateau(hour, 8, 12, 18, 22);
      case "trunk" -> (sunday ? 0.75 : 1) * (0.06 + 0.94
          * Math.max(weekend ? plateau(hour, 8, 12, 18, 22) * 0.8 : plateau(hour, 5.2, 7.6, 8.6, 11) * 0.98,
              plateau(hour, 9, 15.8, 18, 22.5)));
      case "commuter-road" -> (weekend ? 0.55 : 1)
          * (0.04 + 0.96 * Math.max(plateau(hour, 5.5, 7.4, 8.4, 10.5), plateau(hour, 11, 16.2, 17.8, 21)));
      default -> 0.3 + 0.4 * plateau(hour, 7, 10, 17, 21);
    };
  }

  /** 0 before {@code start}, rises to 1, holds, falls to 0 at {@code end}; hours of the day, smooth. */
  private static double plateau(double hour, double start, double full, double falling, double end) {
    if (hour <= start || hour >= end) {
      return 0;
    }
    return hour < full
        ? smoothStep((hour - start) / (full - start))
        : hour <= falling ? 1 : smoothStep((end - hour) / (end - falling));
  }

  private static boolean isServiced(Place place, ZonedDateTime local) {
    int day = Math.floorMod(place.id().hashCode(), 28);
    double hour = hour(local);
    return place.kind().equals("parking") && local.getDayOfMonth() == day + 1 && hour >= 2.2 && hour < 4.5;
  }

  private static boolean isEventEvening(ZonedDateTime local) {
    return local.getDayOfWeek() == DayOfWeek.FRIDAY || local.getDayOfWeek() == DayOfWeek.SATURDAY
        || local.toLocalDate().toEpochDay() % 9 == 0;
  }

  private static boolean isWeekend(ZonedDateTime local) {
    return local.getDayOfWeek().getValue() >= 6;
  }

  private static double hour(ZonedDateTime local) {
    return local.getHour() + local.getMinute() / 60.0 + local.getSecond() / 3600.0;
  }

  /** Value noise, 0 to 1, that changes over about {@code periodSeconds}. */
  private static double noise(long seed, Instant time, long periodSeconds) {
    double position = time.getEpochSecond() / (double) periodSeconds;
    long cell = (long) Math.floor(position);
    double share = smoothStep(position - cell);
    return random(seed, cell) * (1 - share) + random(seed, cell + 1) * share;
  }

  private static double random(long seed, long cell) {
    long mixed = (seed * 0x9E3779B97F4A7C15L) ^ (cell * 0xC2B2AE3D27D4EB4FL);
    mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    return ((mixed ^ (mixed >>> 32)) >>> 11) / (double) (1L << 53);
  }

  private static double smoothStep(double share) {
    return share * share * (3 - 2 * share);
  }
}
