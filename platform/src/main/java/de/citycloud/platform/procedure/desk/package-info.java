/**
 * Pages for staff who work on cases.
 */
@NullMarked
package de.citycloud.platform.procedure.desk;

import org.jspecify.annotations.NullMarked;
