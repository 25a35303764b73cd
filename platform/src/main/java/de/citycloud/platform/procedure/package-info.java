/**
 * Administrative procedures (German: <i>Verwaltungsverfahren</i>): described once as data by one municipality, adopted by
 * others with their own parameters, updated without touching running cases.
 *
 * <pre>
 *   files ── pack ──▶ ProcedurePackage ── exchange ──▶ other municipalities
 *                          │ + parameters, texts of ours (adoption)
 *                          ▼
 *                    ResolvedProcedure ──▶ apply (citizens) ──▶ casefile ◀── desk (staff)
 *                          │                                     │
 *                          └── rules: answers, fee, documents    └── engine: the flow of a case
 * </pre>
 *
 * <p>Describe, resolve, work: a {@link de.citycloud.platform.procedure.pack.ProcedurePackage} is what its origin
 * published and never changes; a {@link de.citycloud.platform.procedure.ResolvedProcedure} is what applies here on one
 * day; a case keeps the package, and the day, that it began with. Start at
 * {@link de.citycloud.platform.procedure.Procedures}.
 */
@ApplicationModule(displayName = "Procedures", allowedDependencies = {"municipality", "database", "identity", "guard",
    "audit", "privacy", "message", "upload", "web", "cityevents", "ui", "problem"})
@NullMarked
package de.citycloud.platform.procedure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
