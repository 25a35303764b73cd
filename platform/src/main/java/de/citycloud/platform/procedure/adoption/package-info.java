/**
 * Packages in use: which version from when, with which parameters and words of ours; what an update would change.
 */
@NullMarked
package de.citycloud.platform.procedure.adoption;

import org.jspecify.annotations.NullMarked;
