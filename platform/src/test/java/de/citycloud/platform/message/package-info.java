@NullMarked
package de.citycloud.platform.message;

import org.jspecify.annotations.NullMarked;
