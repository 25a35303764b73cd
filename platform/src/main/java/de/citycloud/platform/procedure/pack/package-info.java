/**
 * The package of a procedure: data only, read strictly, never executed. What can go wrong with a package is a finding
 * with its place, never an exception; what is read without an error is safe to adopt.
 *
 * <p>Needs no database and no Spring, so the command line checks packages without starting the program. The form of the
 * files is described in {@code docs/publish-a-procedure.md}.
 */
@NamedInterface("pack")
@NullMarked
package de.citycloud.platform.procedure.pack;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
