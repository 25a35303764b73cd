/**
 * Procedures under load: applications from the first page to the decision, the form page with many people, the inbox with
 * a hundred thousand open cases; everything over HTTP against a freshly started program, with raw PostgreSQL on the same
 * server as yardstick in the same run.
 *
 * <pre>
 *   ProceduresBenchmark ── starts ──▶ ./city run
 *     ├─ Applicant, Caseworker ── Browser ──▶ pages
 *     ├─ TownUnderLoad ── JDBC ──▶ staff, a hundred thousand cases, yardstick
 *     └─ Report ──▶ benchmarks/results/
 * </pre>
 */
@NullMarked
package de.citycloud.benchmarks.procedures;

import org.jspecify.annotations.NullMarked;
