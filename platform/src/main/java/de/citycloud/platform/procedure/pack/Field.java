package de.citycloud.platform.procedure.pack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One piece of data that an application asks for (German: <i>Datenfeld</i>, FIM). No field without legal basis and
 * purpose: both stand in the notice of the form and in the register of processing.
 *
 * @param key as of a {@link Parameter}; keys of fields and parameters of a package differ
 * @param fim id in the FIM data field repository, e.g. {@code F60000227}; empty if there is none
 * @param required true if it must be answered where it is asked
 * @param maxLength of the text, in characters, 1 to 5000; for FILE the number of files, 1 to 5
 * @param pattern the whole text must match this regular expression; null for any. The checker refuses dangerous ones
 * @param patternHint what to do if it does not match; null if there is no pattern
 * @param minimum of a number or MONEY; null for none
 * @param maximum of a number or MONEY; null for none
 * @param options of CHOICE and MULTIPLE, value to words; empty if they come from a parameter
 * @param optionsFrom a table parameter and its column whose values are the options, e.g. {@code zones.zone}; else null
 * @param autocomplete token of HTML, e.g. {@code given-name}; empty for none
 * @param personal false only if the answer says nothing of a person
 * @param legalBasis e.g. {@code § 45 Abs. 1b Nr. 2a StVO}
 * @param purpose why it is needed
 * @param when asked only then; null for always
 */
public record Field(String key, Type type, Words label, @Nullable Words help, String fim, boolean required,
    int maxLength, @Nullable String pattern, @Nullable Words patternHint, @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum, Map<String, Words> options, @Nullable String optionsFrom, String autocomplete,
    boolean personal, String legalBasis, Words purpose, @Nullable Condition when) {
  /** How it is asked and what it holds. */
  public enum Type {
    /** One line. */
    TEXT,
    /** Several lines. */
    LONG_TEXT, INTEGER, MONEY, DATE,
    /** One of {@link #options}: radios up to seven, else a list. */
    CHOICE,
    /** Some of {@link #options}; the answer is a list. */
    MULTIPLE,
    /** A box to tick; required means it must be ticked. */
    BOOLEAN, EMAIL, PHONE,
    /** A file: PDF, JPEG or PNG, at most 10 MB each; the answer is a list of ids. */
    FILE
  }

  public Field {
    options = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(options));
  }

  /** A form has one page for each of these. @param when shown only then; null for always */
  public record Step(String key, Words title, @Nullable Words intro, List<String> fields, @Nullable Condition when) {
    public Step {
      fields = List.copyOf(fields);
    }
  }
}
