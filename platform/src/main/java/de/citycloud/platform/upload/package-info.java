/**
 * Files that people send: taken only if they are what they say, looked at by malware checks, kept outside of everything
 * the web serves.
 *
 * <p>The type comes from the first bytes, not from the name; pictures for the public are drawn anew, so that place, time
 * and camera stay behind. Start at {@link de.citycloud.platform.upload.Uploads}.
 */
@ApplicationModule(displayName = "Uploads", allowedDependencies = {"problem", "database", "municipality"})
@NullMarked
package de.citycloud.platform.upload;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
