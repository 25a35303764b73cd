@NullMarked
package de.citycloud.platform.barrier;

import org.jspecify.annotations.NullMarked;
