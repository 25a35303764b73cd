/**
 * Who is it, and what may they do: local accounts, roles, API keys.
 *
 * <p>An API key belongs to one municipality and carries one {@link de.citycloud.platform.identity.Scope}. It is shown
 * once and stored as a hash. Start at {@link de.citycloud.platform.identity.ApiKeys}.
 */
@ApplicationModule(displayName = "Identity", allowedDependencies = {"municipality", "database", "audit", "ui", "problem"})
@NullMarked
package de.citycloud.platform.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
