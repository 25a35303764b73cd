@NullMarked
package de.citycloud.platform.privacy.keys;

import org.jspecify.annotations.NullMarked;
