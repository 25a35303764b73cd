/** Tests of the package of the same name. */
@NullMarked
package de.citycloud.signals.network;

import org.jspecify.annotations.NullMarked;
