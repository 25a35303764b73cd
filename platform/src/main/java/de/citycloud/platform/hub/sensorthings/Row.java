package de.citycloud.platform.hub.sensorthings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity as read.
 *
 * @param values in the order of {@link Columns}
 * @param linked for each {@code $expand} a {@link Row}, a {@link Page}, or null for none
 */
record Row(@Nullable Object[] values, @Nullable Object[] linked) {
  /**
   * A page of entities.
   *
   * @param rows in their order
   * @param more true if others follow
   * @param count of all; -1 if not asked for
   */
  record Page(List<Row> rows, boolean more, long count) {
    static final Page EMPTY = new Page(List.of(), false, -1);
  }

  int number(int at) {
    return values[at] instanceof Integer number ? number : 0;
  }

  @Nullable
  String text(int at) {
    return (String) values[at];
  }
}
