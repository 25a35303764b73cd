/**
 * The flow of a case on the process engine, which holds numbers of cases and outcomes, nothing of persons.
 */
@NullMarked
package de.citycloud.platform.procedure.engine;

import org.jspecify.annotations.NullMarked;
