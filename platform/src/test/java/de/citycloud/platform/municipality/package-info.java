/** Tests of the wall between municipalities. */
@NullMarked
package de.citycloud.platform.municipality;

import org.jspecify.annotations.NullMarked;
