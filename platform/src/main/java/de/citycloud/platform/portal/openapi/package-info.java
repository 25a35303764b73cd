/**
 * The machine-readable description of all JSON doors: OpenAPI 3.1 and, for older tools, 3.0. Start at {@link
 * de.citycloud.platform.portal.openapi.ApiDescription}.
 */
@NullMarked
package de.citycloud.platform.portal.openapi;

import org.jspecify.annotations.NullMarked;
