/**
 * Who is it, and what may they do: accounts, roles, API keys, and for whom each route is.
 *
 * <pre>
 *   request ── Sessions, ApiKeyFilter ──▶ who ── Routes ──▶ Audience ──▶ page or door
 *   Role = a set of Permissions; an account has roles in one municipality, a key one Scope
 * </pre>
 *
 * <p><b>To add a page</b> write one line in {@code Routes}, with the pattern exactly as in the mapping and one of the
 * audiences: {@code PUBLIC}, {@code SIGNED_IN}, {@code needs(Permission.READ_AUDIT)},
 * {@code needs(Permission.READ_PERSON_DATA, Purpose.CASE_WORK)} or, for a door of machines, {@code key(Scope.WRITE)}.
 * Without it the program does not start and {@code RoutesTest} fails. A permission that does not exist yet is one line in
 * {@link de.citycloud.platform.identity.Permission} and one in each {@link de.citycloud.platform.identity.Role} that
 * gets it. A link for those who may: ask the authorities of the request for {@code Permission.X.authority()}, which is
 * {@code MAY_X} also for modules that do not know this one.
 *
 * <p>An API key belongs to one municipality and carries one {@link de.citycloud.platform.identity.Scope}. It is shown
 * once and stored as a hash. Start at {@code Routes}.
 */
@ApplicationModule(displayName = "Identity", allowedDependencies = {"municipality", "database", "guard", "audit",
    "privacy", "message", "ui", "problem"})
@NullMarked
package de.citycloud.platform.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
