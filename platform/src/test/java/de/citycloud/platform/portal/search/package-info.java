/** Tests of the search. */
@NullMarked
package de.citycloud.platform.portal.search;

import org.jspecify.annotations.NullMarked;
