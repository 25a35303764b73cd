/**
 * The search over what exists: places, series of values, pages. An index in memory, made anew from the store at most
 * every half minute; tolerant of umlauts, typing errors and everyday words. Start at {@link
 * de.citycloud.platform.portal.search.SearchIndex}.
 */
@NullMarked
package de.citycloud.platform.portal.search;

import org.jspecify.annotations.NullMarked;
