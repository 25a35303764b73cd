/**
 * What will happen in the city: venues and events, with place, time and expected visitors. Approved events come from
 * procedures; the traffic plan and the pages read them from here.
 */
@ApplicationModule(displayName = "City events", allowedDependencies = {"municipality", "database", "audit", "privacy",
    "identity", "ui", "problem"})
@NullMarked
package de.citycloud.platform.cityevents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
