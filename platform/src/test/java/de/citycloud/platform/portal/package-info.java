/** Tests of the front door. */
@NullMarked
package de.citycloud.platform.portal;

import org.jspecify.annotations.NullMarked;
