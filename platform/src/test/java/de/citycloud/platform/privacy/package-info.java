@NullMarked
package de.citycloud.platform.privacy;

import org.jspecify.annotations.NullMarked;
