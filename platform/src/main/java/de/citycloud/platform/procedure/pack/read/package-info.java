/** Reads the files of a package one by one; what is wrong becomes a finding with its place, and reading goes on. */
@NullMarked
package de.citycloud.platform.procedure.pack.read;

import org.jspecify.annotations.NullMarked;
