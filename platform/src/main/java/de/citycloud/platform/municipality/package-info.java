/**
 * Who runs here: the municipalities, and the wall between them.
 *
 * <pre>
 *   /{municipality}/… ── MunicipalityFilter ──▶ CurrentMunicipality ── MunicipalityDataSource ──▶ row-level security
 * </pre>
 *
 * <p>The first wall is the code that asks {@link de.citycloud.platform.municipality.CurrentMunicipality}; the second is
 * PostgreSQL, which gives a connection only the rows of the municipality it was handed out for. Start at {@link
 * de.citycloud.platform.municipality.Municipalities}.
 */
@ApplicationModule(displayName = "Municipalities", allowedDependencies = {"problem", "database"})
@NullMarked
package de.citycloud.platform.municipality;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
