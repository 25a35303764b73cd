package de.citycloud.platform.privacy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One value that the city holds of a person.
 *
 * @param activity key of the {@link ProcessingActivity} it is held for
 * @param label message key of what it is called, e.g. {@code account.name}
 * @param group what belongs together under one heading, e.g. the reference of a case; empty for none
 * @param value as people read it
 * @param at when it came in; null if that is not kept
 * @param correctable what {@link PersonalDataHolder#correct} calls it; null if a person of the city has to look
 */
public record PersonalItem(String activity, String label, String group, String value, @Nullable Instant at,
    @Nullable String correctable) {
  /** A value that stands alone and that only the city corrects. */
  public static PersonalItem of(String activity, String label, String value) {
    return new PersonalItem(activity, label, "", value, null, null);
  }

  /** The same, known since {@code time}. */
  public PersonalItem since(@Nullable Instant time) {
    return new PersonalItem(activity, label, group, value, time, correctable);
  }

  /** The same under a heading. */
  public PersonalItem in(String heading) {
    return new PersonalItem(activity, label, heading, value, at, correctable);
  }
}
