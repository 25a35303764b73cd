package de.citycloud.platform.ui;

import org.jspecify.annotations.Nullable;

/**
 * A link in the frame of every page.
 *
 * @param place where it stands
 * @param order smaller comes first within its place
 * @param messageKey key of its words in both languages
 * @param path where it leads, from the root, e.g. {@code /ludwigsburg/data}
 * @param count how much waits there, beside the words; null to say nothing
 */
public record NavigationItem(Place place, int order, String messageKey, String path, @Nullable Long count) {
  /** A link without a number. */
  public NavigationItem(Place place, int order, String messageKey, String path) {
    this(place, order, messageKey, path, null);
  }

  /** Where a link stands. */
  public enum Place {
    /** One of the areas below the city's name. */
    AREA,
    /** The search; at most one. */
    SEARCH,
    /** Sign in or the own account, at the right of the header; at most one. */
    ACCOUNT,
    /** Left navigation of staff pages. */
    STAFF,
    /** Footer: help and contact. */
    HELP,
    /** Footer: imprint and the like. */
    LEGAL,
    /** Footer: data, interfaces, source code. */
    OPEN
  }
}
