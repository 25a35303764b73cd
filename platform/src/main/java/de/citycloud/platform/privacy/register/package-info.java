/** The register of processing and the notices made from it. */
@NullMarked
package de.citycloud.platform.privacy.register;

import org.jspecify.annotations.NullMarked;
