@NullMarked
package de.citycloud.signals.control;

import org.jspecify.annotations.NullMarked;
