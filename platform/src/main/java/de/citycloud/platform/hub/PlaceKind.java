package de.citycloud.platform.hub;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Thing measures, in the words of a visitor; stands in the property {@code kind} of the Thing. */
public enum PlaceKind {
  /** Car parks (Parken). */
  PARKING,
  /** Air quality (Luft). */
  AIR,
  /** Weather (Wetter). */
  WEATHER,
  /** Motor traffic (Verkehr). */
  TRAFFIC,
  /** Bicycle counters (Radverkehr). */
  BICYCLE,
  /** Charging points (Laden). */
  CHARGING,
  /** Soil moisture and temperature (Boden). */
  SOIL,
  /** Water levels and quality (Wasser). */
  WATER,
  /** Noise (Lärm). */
  NOISE,
  /** Everything that says no kind, or one we do not know. */
  OTHER;

  /** The word in data and addresses: lower case English. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this key; empty if there is none. */
  public static Optional<PlaceKind> find(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }

  /** The kind a Thing claims; {@link #OTHER} if it claims none or an unknown one. */
  public static PlaceKind of(@Nullable String key) {
    return key == null ? OTHER : find(key).orElse(OTHER);
  }
}
