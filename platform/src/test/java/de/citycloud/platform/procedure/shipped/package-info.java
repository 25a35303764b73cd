/** The packages that come with the program. */
@NullMarked
package de.citycloud.platform.procedure.shipped;

import org.jspecify.annotations.NullMarked;
