/**
 * What whoever runs the program sees of it: is it ready, where is it, who may set it up, why it did not start.
 *
 * <p>A module adds a line to the start by a bean of type {@link de.citycloud.platform.operation.StartNotice}.
 */
@ApplicationModule(displayName = "Operation", allowedDependencies = {"municipality", "database", "identity", "problem"})
@NullMarked
package de.citycloud.platform.operation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
