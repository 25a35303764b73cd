/**
 * Situations that went wrong, said in the same way everywhere: a {@link de.citycloud.platform.problem.CityProblem} names
 * value, expectation and place, then advises; it leaves the house as RFC 9457 problem details or as a page.
 */
@ApplicationModule(displayName = "Problems", allowedDependencies = {})
@NullMarked
package de.citycloud.platform.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
