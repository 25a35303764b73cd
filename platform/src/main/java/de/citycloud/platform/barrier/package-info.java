/**
 * Barriers on these pages that people report, and the answer they get within four weeks (§ 10 L-BGG).
 *
 * <p>Name and e-mail address are optional: a report without them is read and mended all the same. Start at
 * {@code BarrierPages} for people and {@code BarrierDesk} for staff.
 */
@ApplicationModule(displayName = "Reports of barriers", allowedDependencies = {"municipality", "database", "audit",
    "message", "privacy", "ui", "problem"})
@NullMarked
package de.citycloud.platform.barrier;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
