/**
 * What a resolved procedure says to answers: are they complete and valid, may one apply, what does it cost, what stands
 * in the document. Pure functions of package, parameters and answers; without database.
 *
 * <p>Answers are kept as a map from the key of the field: {@code String} for texts, choices, phone and mail,
 * {@code BigDecimal} for numbers and money, {@code LocalDate}, {@code Boolean}, a list of {@code String} for MULTIPLE and
 * FILE. As JSON: texts, plain decimal texts, ISO dates, booleans, lists.
 */
@NamedInterface("rules")
@NullMarked
package de.citycloud.platform.procedure.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
