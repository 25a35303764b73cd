/**
 * Paying fees through a provider behind one interface.
 */
@NullMarked
package de.citycloud.platform.procedure.payment;

import org.jspecify.annotations.NullMarked;
