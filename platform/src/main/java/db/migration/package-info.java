/**
 * Migrations that are code, beside the SQL ones of the same folder in the resources. Flyway finds them by name here, so the
 * running program and the commands that open its store (restore, audit, keys) apply the same ones.
 */
@NullMarked
package db.migration;

import org.jspecify.annotations.NullMarked;
