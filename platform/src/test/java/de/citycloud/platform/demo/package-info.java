/** Tests of the demo towns. */
@NullMarked
package de.citycloud.platform.demo;

import org.jspecify.annotations.NullMarked;
