/** Tests of adoption and update. */
@NullMarked
package de.citycloud.platform.procedure.adoption;

import org.jspecify.annotations.NullMarked;
