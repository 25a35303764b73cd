/**
 * Data protection as features: what the city holds of whom, why, for how long, who reads it, and how it ends.
 *
 * <pre>
 *   comments of all columns ── register/ ──▶ register (Art. 30), notice of each form (Art. 13)
 *   RetentionRule of each module ── retention/ ──▶ deletion in time, with a log of counts
 *   PersonalDataHolder of each module ── rights/ ──▶ access, copy, correction, erasure (Art. 15 to 20)
 *   PersonCipher ── keys/ ──▶ one key per person; without it every older backup is silent
 *   StatisticalDataset of each module ── release/ ──▶ the only way out for statistics about persons
 * </pre>
 *
 * <p>A module that keeps personal data: (1) {@code classify} and {@code serves} in its migration, (2) a bean
 * {@link de.citycloud.platform.privacy.ProcessingActivity} with its texts {@code activity.<key>.…}, (3) a bean
 * {@link de.citycloud.platform.privacy.RetentionRule} for each kind of data that ends by time, (4) one
 * {@link de.citycloud.platform.privacy.PersonalDataHolder}, (5) {@link de.citycloud.platform.privacy.PersonCipher} for
 * what people tell it, (6) {@link de.citycloud.platform.privacy.Readings} where staff open data of others, (7) the
 * fragment {@code privacy/notice :: short} in its forms.
 */
@ApplicationModule(displayName = "Privacy", allowedDependencies = {"problem", "guard", "database", "municipality",
    "ui"})
@NullMarked
package de.citycloud.platform.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
