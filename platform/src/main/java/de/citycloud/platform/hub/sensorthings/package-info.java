/**
 * OGC SensorThings API 1.1, Part 1: Sensing (OGC 18-088), under {@code /{municipality}/sta/v1.1} and, for the default
 * municipality, under {@code /v1.1}.
 *
 * <pre>
 *   path ──▶ ResourcePath ─┐
 *                          ├──▶ EntityReader ──▶ PostgreSQL ──▶ EntityWriter ──▶ JSON
 *   $options ──▶ Query ────┘
 * </pre>
 *
 * <p>{@code EntityType} is the metamodel: which entity has which properties and links, and where they are stored.
 * Start there. Refusals leave in the error form of the standard, {@code {"code":400,"type":"error","message":"…"}}.
 */
@NullMarked
package de.citycloud.platform.hub.sensorthings;

import org.jspecify.annotations.NullMarked;
