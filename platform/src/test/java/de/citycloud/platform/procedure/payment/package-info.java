/** Tests of payments. */
@NullMarked
package de.citycloud.platform.procedure.payment;

import org.jspecify.annotations.NullMarked;
