@NullMarked
package de.citycloud.platform.web;

import org.jspecify.annotations.NullMarked;
