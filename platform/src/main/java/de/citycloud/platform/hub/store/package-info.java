/**
 * How Observations lie in PostgreSQL: partitions by time, made ahead and on demand.
 *
 * <pre>
 *   observation_2024 (a year) … observation_2026_06 (a month) … observation_other (far past and future)
 * </pre>
 */
@NullMarked
package de.citycloud.platform.hub.store;

import org.jspecify.annotations.NullMarked;
