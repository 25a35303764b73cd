/**
 * Pages for staff who work on cases: inbox, case, what can be done with it, applications on paper, absences, numbers.
 *
 * <p>Everything goes through {@link de.citycloud.platform.procedure.casefile.CaseDesk}, which decides who may; the pages
 * ask, explain and keep what was typed. Start at {@code InboxPages} and {@code OpenCasePages}.
 */
@NullMarked
package de.citycloud.platform.procedure.desk;

import org.jspecify.annotations.NullMarked;
