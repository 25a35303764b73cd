/**
 * What the hub shows to people and their browsers: places with newest values, their history, the live stream, downloads
 * and the page of a Thing.
 *
 * <pre>
 *   datastream_latest ──▶ JdbcPlaces ──▶ map layers, list, start page
 *   observation ──▶ JdbcHistories ──▶ charts, table, CSV and JSON
 *   Observations.subscribe ──▶ LiveStreams ──▶ server-sent events
 * </pre>
 */
@NullMarked
package de.citycloud.platform.hub.page;

import org.jspecify.annotations.NullMarked;
