@NullMarked
package de.citycloud.platform.privacy.release;

import org.jspecify.annotations.NullMarked;
