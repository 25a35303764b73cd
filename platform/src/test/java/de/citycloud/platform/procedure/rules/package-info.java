/** Tests of the rules of packages. */
@NullMarked
package de.citycloud.platform.procedure.rules;

import org.jspecify.annotations.NullMarked;
