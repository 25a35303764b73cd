@NullMarked
package de.citycloud.signals.evaluate;

import org.jspecify.annotations.NullMarked;
