@NullMarked
package de.citycloud.platform.upload;

import org.jspecify.annotations.NullMarked;
