@NullMarked
package de.citycloud.platform.audit;

import org.jspecify.annotations.NullMarked;
