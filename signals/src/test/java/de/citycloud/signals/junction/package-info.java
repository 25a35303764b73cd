@NullMarked
package de.citycloud.signals.junction;

import org.jspecify.annotations.NullMarked;
