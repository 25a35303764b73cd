/** Tests of the frame of pages: words, browser, headers, errors. */
@NullMarked
package de.citycloud.platform.ui;

import org.jspecify.annotations.NullMarked;
