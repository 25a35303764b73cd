package de.citycloud.platform.procedure.pack;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case with its expected results. It runs when a package is checked, when it is adopted and when it is updated, then
 * with the parameters of the adopter.
 *
 * @param name a sentence
 * @param at when the application is sent, local time (Europe/Berlin)
 * @param parameters values that it brings along; those it does not name are the adopter's (or the standard ones)
 * @param answers by field, in the form in which {@code rules} keeps them
 * @param outcomes with what each task of the flow is completed, by id of the task; the ones not named do not occur
 * @param eligible whether one may apply; null if there is no such decision
 * @param reason key of the text that says why not; null if not checked
 * @param fee in euros; null if not checked
 * @param feeParameter parameter whose value is the expected fee, instead of {@code fee}; null if not used
 * @param invalid fields whose answers are refused, in the order of the form; empty if the form is fine
 * @param states states that follow each other
 * @param contains words that the document of the decision has to hold
 */
public record ExampleCase(String name, LocalDateTime at, Map<String, Object> parameters, Map<String, Object> answers,
    Map<String, String> outcomes, @Nullable Boolean eligible, @Nullable String reason, @Nullable BigDecimal fee,
    @Nullable String feeParameter, List<String> invalid, List<VisibleState> states, List<String> contains) {
  public ExampleCase {
    parameters = Map.copyOf(parameters);
    answers = Map.copyOf(answers);
    outcomes = Map.copyOf(outcomes);
    invalid = List.copyOf(invalid);
    states = List.copyOf(states);
    contains = List.copyOf(contains);
  }
}
