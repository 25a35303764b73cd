package de.citycloud.platform.hub.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is observed: ObservedProperty and unit of a Datastream.
 *
 * @param role short name, e.g. {@code free}, {@code no2}, {@code temperature}
 * @param name name for people
 * @param definition URI of the ObservedProperty
 * @param unit in which it is told
 * @param type kind of result
 */
public record Quantity(String role, String name, String definition, Unit unit, Type type) {
  /** Kind of result, each with its observationType of SensorThings. */
  public enum Type {
    /** A number. */
    MEASUREMENT("OM_Measurement"),
    /** A whole number. */
    COUNT("OM_CountObservation"),
    /** True or false. */
    TRUTH("OM_TruthObservation"),
    /** One word of a list. */
    CATEGORY("OM_CategoryObservation"),
    /** Anything else. */
    ANY("OM_Observation");

    private final String name;

    Type(String name) {
      this.name = name;
    }

    /** URI of the observationType. */
    public String uri() {
      return "http://www.opengis.net/def/observationType/OGC-OM/2.0/" + name;
    }
  }

  /** A quantity of this role that is told in {@code unit}, or in its usual one if that is null. */
  public static Quantity of(String role, @Nullable Unit unit) {
    return Quantities.of(role, unit);
  }

  /** A quantity of this role in its usual unit. */
  public static Quantity of(String role) {
    return Quantities.of(role, null);
  }

  /** A quantity of this role and type, in its usual unit. */
  public static Quantity of(String role, Type type) {
    var known = Quantities.of(role, null);
    return new Quantity(known.role, known.name, known.definition, known.unit, type);
  }

  /** Turns a name of a source into a role: lower case letters, digits and hyphens, at most 60. */
  public static String role(String text) {
    var role = text.strip().toLowerCase(Locale.ROOT).replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
        .replace("ß", "ss").replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return role.isEmpty() ? "value" : role.length() > 60 ? role.substring(0, 60) : role;
  }
}
