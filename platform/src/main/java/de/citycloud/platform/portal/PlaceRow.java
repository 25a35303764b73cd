package de.citycloud.platform.portal;

import de.citycloud.platform.hub.Place;
import de.citycloud.platform.hub.PlaceState;
import de.citycloud.platform.ui.PageFormats;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place in the list beside the map; its marker shows the same words.
 *
 * @param place the place
 * @param state how it stands
 * @param value its value as people write it; a dash if it is old or missing
 * @param unit its unit; empty for counts
 * @param age how long ago, or when it was last heard if that is too long; null if never
 */
record PlaceRow(Place place, PlaceState state, String value, String unit, @Nullable String age) {
  static PlaceRow of(Place place, Instant now, PageFormats formats) {
    var state = place.stateAt(now);
    var main = place.main();
    if (main == null || main.time() == null) {
      return new PlaceRow(place, state, "–", "", null);
    }
    if (!state.isFresh()) {
      return new PlaceRow(place, state, "–", "", null);
    }
    var free = place.free();
    var value = free.isPresent()
        ? formats.number(free.getAsLong())
        : main.value() != null ? formats.number(main.value(), digits(main.value())) : shortened(main.text());
    return new PlaceRow(place, state, value, free.isPresent() ? "" : main.unitForPeople(), formats.age(main.time()));
  }

  /** As many digits as three significant ones need. */
  static int digits(double value) {
    double size = Math.abs(value);
    return size >= 100 ? 0 : size >= 10 ? 1 : 2;
  }

  private static String shortened(@Nullable String text) {
    return text == null ? "–" : text.length() > 24 ? text.substring(0, 23) + "…" : text;
  }

  /** Name of the shape and of the classes in the style sheet. */
  public String look() {
    return state.isFresh() ? state.key() : "no-data";
  }

  /** When it was last heard, for the old ones; null if never or if the age says it already. */
  public @Nullable Instant heard() {
    return age == null && place.main() != null ? place.main().time() : null;
  }

  /** True if its state is worth a word: a fresh measuring point only says its age. */
  public boolean hasWord() {
    return state != PlaceState.CURRENT;
  }
}
