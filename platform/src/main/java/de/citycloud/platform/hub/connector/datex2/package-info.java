/**
 * Traffic data in DATEX II: version 2 and 3 in XML, version 3 in JSON, bare or in a SOAP body.
 *
 * <pre>
 *   bytes ── XmlElements / JsonElements ──▶ Element (one car park, one site …) ──▶ Parking, Measurements ──▶ Findings
 * </pre>
 *
 * <p>Parking comes in three dialects: the ParkingFacilityTable of version 2, the same as extension of a
 * GenericPublication (all German feeds), and the ParkingTablePublication with its prefixes.
 */
@NullMarked
package de.citycloud.platform.hub.connector.datex2;

import org.jspecify.annotations.NullMarked;
