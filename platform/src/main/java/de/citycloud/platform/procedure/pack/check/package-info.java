/** Rules that hold between the parts of a package: one rule, one method. They are listed in {@code docs/publish-a-procedure.md}. */
@NullMarked
package de.citycloud.platform.procedure.pack.check;

import org.jspecify.annotations.NullMarked;
