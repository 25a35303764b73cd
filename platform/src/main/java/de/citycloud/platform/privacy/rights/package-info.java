/** What people may ask of the city: their data, corrections, erasure, and who read. */
@NullMarked
package de.citycloud.platform.privacy.rights;

import org.jspecify.annotations.NullMarked;
