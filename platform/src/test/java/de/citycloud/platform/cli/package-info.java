/** Tests of the command line, and of the program as a process of its own. */
@NullMarked
package de.citycloud.platform.cli;

import org.jspecify.annotations.NullMarked;
