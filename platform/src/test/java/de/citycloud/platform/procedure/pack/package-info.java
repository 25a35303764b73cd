/** Tests of packages. */
@NullMarked
package de.citycloud.platform.procedure.pack;

import org.jspecify.annotations.NullMarked;
