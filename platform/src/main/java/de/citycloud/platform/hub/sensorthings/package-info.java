/**
 * OGC SensorThings API 1.1 over HTTP, under {@code /{municipality}/sta/v1.1}.
 *
 * <pre>
 *   GET                     ──▶ path, query ──▶ SQL ──▶ JSON
 *   POST, PATCH, PUT, DELETE ──▶ entities ──▶ PostgreSQL;  Observations ──▶ Observations.record
 * </pre>
 */
@NullMarked
package de.citycloud.platform.hub.sensorthings;

import org.jspecify.annotations.NullMarked;
