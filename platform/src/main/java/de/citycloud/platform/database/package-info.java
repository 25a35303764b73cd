/**
 * The one store: PostgreSQL, embedded by default or external by one property ({@code city.database.url}).
 *
 * <p>Three roles: the <i>owner</i> migrates, the <i>application</i> role is bound by row-level security, <i>backup</i>
 * bypasses it. Start at {@link de.citycloud.platform.database.EmbeddedPostgres}.
 */
@ApplicationModule(displayName = "Database", allowedDependencies = {"problem"})
@NullMarked
package de.citycloud.platform.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
