/** Tests of sign-in, roles, keys and routes. */
@NullMarked
package de.citycloud.platform.identity;

import org.jspecify.annotations.NullMarked;
