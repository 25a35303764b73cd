/** Tests of the exchange. */
@NullMarked
package de.citycloud.platform.procedure.exchange;

import org.jspecify.annotations.NullMarked;
