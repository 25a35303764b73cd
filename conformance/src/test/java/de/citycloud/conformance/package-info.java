/** The executable test suite of OGC, run against the whole program. */
@NullMarked
package de.citycloud.conformance;

import org.jspecify.annotations.NullMarked;
