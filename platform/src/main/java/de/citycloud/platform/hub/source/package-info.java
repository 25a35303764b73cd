/**
 * What a connector is: bytes in, findings out, no network and no database.
 *
 * <pre>
 *   SourceInput ──▶ Connector ──▶ Findings: SourceRecord (Thing, Datastream, Observation, event) or a rejected row
 * </pre>
 *
 * <p>Start at {@link de.citycloud.platform.hub.source.Connector}; to write one, copy {@code connector/sensorcommunity}.
 */
@NullMarked
package de.citycloud.platform.hub.source;

import org.jspecify.annotations.NullMarked;
