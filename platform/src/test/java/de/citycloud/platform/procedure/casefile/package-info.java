/** Tests of cases. */
@NullMarked
package de.citycloud.platform.procedure.casefile;

import org.jspecify.annotations.NullMarked;
