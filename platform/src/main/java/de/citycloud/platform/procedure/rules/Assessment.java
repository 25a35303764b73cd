package de.citycloud.platform.procedure.rules;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the decision tables say to an application.
 *
 * @param eligible false if it would be refused for certain; true where there is no table {@code eligibility}
 * @param reason key of the text that says why not; null if eligible
 * @param values of the table {@code eligibility} besides, e.g. {@code possibleFrom}: placeholders for the reason
 * @param fee in euros, 0 or more, two decimals; 0.00 where there is no table {@code fee}
 * @param feeReason key of a text that names the fee; null if the table gives none
 */
public record Assessment(boolean eligible, @Nullable String reason, Map<String, Object> values, BigDecimal fee,
    @Nullable String feeReason) {
  public Assessment {
    values = Map.copyOf(values);
  }
}
