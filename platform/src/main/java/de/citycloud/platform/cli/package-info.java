/**
 * The command line of {@code ./city}: commands that end soon, for the program of one data folder, running or stopped.
 * They do without Spring, so that they answer at once. Start at {@link de.citycloud.platform.cli.CommandLine}.
 */
@ApplicationModule(displayName = "Command line")
@NullMarked
package de.citycloud.platform.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
