/**
 * Guards at the doors: what comes in may be hostile, and where we call may be a trap.
 *
 * <pre>
 *   OutgoingDoor ── every HTTP call to the outside: address checked, then exactly that address called
 *   SafeXml      ── XML without DTD and entities, bounded depth, size and count
 *   SafeArchive  ── gzip and zip with bounded size, ratio, number and harmless names
 * </pre>
 */
@ApplicationModule(displayName = "Guards", allowedDependencies = {})
@NullMarked
package de.citycloud.platform.guard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
