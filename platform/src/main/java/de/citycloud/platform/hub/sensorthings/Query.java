package de.citycloud.platform.hub.sensorthings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the options behind the question mark, or in the parentheses of {@code $expand}, ask for.
 *
 * @param type of the entities
 * @param select names of properties and links, {@code @iot.id} as {@code id}; empty for all
 * @param expand links whose entities come along
 * @param filter which entities; null for all
 * @param orderBy in which order; empty for that of their keys
 * @param top how many at most, 0 to {@link #MOST}; null if not said
 * @param skip how many of the first ones to leave out, 0 or more
 * @param count true if the number of all is asked for
 * @param dataArray true if Observations are asked for as rows
 * @param texts filter, orderby and select as written, for links to the next page
 */
record Query(EntityType type, List<String> select, List<Expand> expand, @Nullable Expression filter,
    List<OrderBy> orderBy,
    @Nullable Integer top, int skip, boolean count, boolean dataArray, Texts texts) {
  /** Entities of a page if {@code $top} does not say. */
  static final int PAGE = 100;
  /** Entities of a page at most; a larger {@code $top} is answered in pages. */
  static final int MOST = 10_000;

  /** Options as written; null where absent. */
  record Texts(@Nullable String filter, @Nullable String orderBy, @Nullable String select) {}

  /** A link whose entities come along, and how. */
  record Expand(Link link, Query query) {}

  /** Everything of a type. */
  static Query all(EntityType type) {
    return new Query(type, List.of(), List.of(), null, List.of(), null, 0, false, false, new Texts(null, null, null));
  }

  Query withExpand(List<Expand> links) {
    return new Query(type, select, List.copyOf(links), filter, orderBy, top, skip, count, dataArray, texts);
  }

  Query withSelect(List<String> names) {
    return new Query(type, List.copyOf(names), expand, filter, orderBy, top, skip, count, dataArray, texts);
  }

  /** How many entities the page holds at most. */
  int page() {
    return top == null ? PAGE : top;
  }

  boolean selects(String name) {
    return select.isEmpty() || select.contains(name);
  }

  /** True if it asks for the newest Observations and nothing else about them. */
  boolean isNewestFirst() {
    return type == EntityType.OBSERVATION && filter == null && orderBy.size() == 1 && orderBy.getFirst().descending()
        && orderBy.getFirst().expression() instanceof Expression.Path(var segments, var _)
        && segments.equals(List.of("phenomenonTime"));
  }

  /** True if it asks for the newest Observation of a Datastream and nothing else, which is kept ready. */
  boolean isLatest() {
    return isNewestFirst() && !count && skip == 0 && top != null && top == 1;
  }
}
