package de.citycloud.platform.hub.sensorthings;

/**
 * One value of {@code $orderby}.
 *
 * @param expression what to order by
 * @param descending true for {@code desc}
 */
record OrderBy(Expression expression, boolean descending) {}
