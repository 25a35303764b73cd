/** Tests of the whole house. */
@NullMarked
package de.citycloud.platform;

import org.jspecify.annotations.NullMarked;
