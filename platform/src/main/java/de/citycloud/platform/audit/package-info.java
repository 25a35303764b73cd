/**
 * Who did what: a log that only grows and shows when somebody changed it.
 *
 * <pre>
 *   any module ── AuditLog.record ──▶ audit_append (PostgreSQL: lock the head, hash, insert) ──▶ audit_entry
 *   every minute: SignedHeads ── Ed25519 ──▶ heads.jsonl, outside the database
 *   ./city audit verify ── shares no code with this module ──▶ names the first bad record
 * </pre>
 *
 * <p>Each entry carries the hash of the one before; the order is total within a municipality. Entries name accounts and
 * keys by number and hold no text about people. Start at {@link de.citycloud.platform.audit.AuditLog}.
 */
@ApplicationModule(displayName = "Audit", allowedDependencies = {"municipality", "database", "ui", "problem"})
@NullMarked
package de.citycloud.platform.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
