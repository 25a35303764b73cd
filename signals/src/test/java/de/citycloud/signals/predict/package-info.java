@NullMarked
package de.citycloud.signals.predict;

import org.jspecify.annotations.NullMarked;
