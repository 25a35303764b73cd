/**
 * Packages on the way between municipalities: signed archives, a signed index of what each offers, pinned keys of those who are trusted.
 */
@NullMarked
package de.citycloud.platform.procedure.exchange;

import org.jspecify.annotations.NullMarked;
