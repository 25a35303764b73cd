@NullMarked
package de.citycloud.platform.procedure.apply;

import org.jspecify.annotations.NullMarked;
