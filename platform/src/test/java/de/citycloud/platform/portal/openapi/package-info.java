/** Tests of the machine-readable description. */
@NullMarked
package de.citycloud.platform.portal.openapi;

import org.jspecify.annotations.NullMarked;
