/** The data key of each person, the deployment's key that wraps them, and how both outlive and end. */
@NullMarked
package de.citycloud.platform.privacy.keys;

import org.jspecify.annotations.NullMarked;
