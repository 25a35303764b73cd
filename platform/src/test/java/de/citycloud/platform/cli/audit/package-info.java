@NullMarked
package de.citycloud.platform.cli.audit;

import org.jspecify.annotations.NullMarked;
