@NullMarked
package de.citycloud.platform.privacy.rights;

import org.jspecify.annotations.NullMarked;
