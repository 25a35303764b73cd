/**
 * Pages for citizens: services, the form page by page, status, messages.
 */
@NullMarked
package de.citycloud.platform.procedure.apply;

import org.jspecify.annotations.NullMarked;
