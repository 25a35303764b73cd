/** The front door: start page, search, live map. It shows what other modules know and knows nothing itself. */
@ApplicationModule(displayName = "Portal")
@NullMarked
package de.citycloud.platform.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
