/**
 * Cases (German: <i>Vorgang</i>): what was applied for, where it stands, what was written and decided. Everything about
 * the persons in it is encrypted with a key of the case, which ends with it.
 *
 * <p>Citizens go through {@code CitizenCases}, staff through {@code CaseDesk}; both lead to one store, and every change
 * is one transaction with the flow of the case, its messages and the audit log. Names avoid {@code Case} alone, a word of
 * Java.
 */
@NullMarked
package de.citycloud.platform.procedure.casefile;

import org.jspecify.annotations.NullMarked;
