@NullMarked
package de.citycloud.platform.privacy.register;

import org.jspecify.annotations.NullMarked;
