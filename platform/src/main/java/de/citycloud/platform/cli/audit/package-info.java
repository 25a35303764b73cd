/**
 * Checks an audit log from the outside: it knows the form of the records and heads from {@code docs/audit.md}, and
 * nothing of the module that writes them.
 */
@NullMarked
package de.citycloud.platform.cli.audit;

import org.jspecify.annotations.NullMarked;
