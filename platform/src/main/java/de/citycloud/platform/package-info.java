/**
 * Smart City Cloud: one program that a city runs. Each package below is one capability; {@code
 * ApplicationModules.verify()} holds the direction in which they may know each other.
 *
 * <pre>
 *   sources ──▶ hub ──▶ portal, standard APIs
 *                 └─ all stand on municipality, database, identity, ui, problem
 * </pre>
 */
@NullMarked
package de.citycloud.platform;

import org.jspecify.annotations.NullMarked;
