/** Tests of the store: the embedded server, backup and restore. */
@NullMarked
package de.citycloud.platform.database;

import org.jspecify.annotations.NullMarked;
