/** Load and scenario runs against a running program, each beside a yardstick measured in the same run. */
@NullMarked
package de.citycloud.benchmarks;

import org.jspecify.annotations.NullMarked;
