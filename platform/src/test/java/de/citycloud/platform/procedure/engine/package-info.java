/** Tests of the process engine. */
@NullMarked
package de.citycloud.platform.procedure.engine;

import org.jspecify.annotations.NullMarked;
