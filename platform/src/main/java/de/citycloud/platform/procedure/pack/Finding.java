package de.citycloud.platform.procedure.pack;

/**
 * Something that is wrong with a package, or odd.
 *
 * @param error true if the package must not be used so
 * @param rule which rule, lower case with hyphens, e.g. {@code field-without-basis}
 * @param place file and position in it, e.g. {@code fields.json /3/legalBasis}
 * @param message value, expectation, and on a new line what to do
 */
public record Finding(boolean error, String rule, String place, String message) {
  @Override
  public String toString() {
    return "%s %s: %s [%s]".formatted(error ? "error" : "warning", place, message, rule);
  }
}
