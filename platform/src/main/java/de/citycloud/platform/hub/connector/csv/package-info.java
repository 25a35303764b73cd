/**
 * Tables in CSV, in all the flavours that offices write.
 *
 * <pre>
 *   bytes ── CsvText (charset, delimiter) ──▶ rows ── CsvPlan (which column is what) ──▶ CsvRows ──▶ Findings
 * </pre>
 *
 * <p>The plan comes from a mapping (MappedPlan) or, where none is given, from looking at the first rows (GuessedPlan).
 */
@NullMarked
package de.citycloud.platform.hub.connector.csv;

import org.jspecify.annotations.NullMarked;
