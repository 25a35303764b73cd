@NullMarked
package de.citycloud.platform.privacy.retention;

import org.jspecify.annotations.NullMarked;
