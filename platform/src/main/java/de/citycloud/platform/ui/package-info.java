/** The look of every page: layout, form parts, language, and errors for people. */
@ApplicationModule(displayName = "Page parts", allowedDependencies = {"municipality", "problem"})
@NullMarked
package de.citycloud.platform.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
