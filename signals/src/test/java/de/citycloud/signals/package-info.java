/** Tests of the package of the same name. */
@NullMarked
package de.citycloud.signals;

import org.jspecify.annotations.NullMarked;
