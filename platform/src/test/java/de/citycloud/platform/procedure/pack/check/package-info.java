/** Tests of the rules for packages. */
@org.jspecify.annotations.NullMarked
package de.citycloud.platform.procedure.pack.check;
