/** Tests of what the operator sees: health, messages, kills. */
@NullMarked
package de.citycloud.platform.operation;

import org.jspecify.annotations.NullMarked;
