package de.citycloud.platform.privacy;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An activity of the register that follows from what a municipality uses, not from the program, e.g. one of its
 * procedures.
 *
 * @param key lower case letters, digits, hyphens
 * @param parts text of each of {@link ProcessingActivity#PARTS}, in one language
 * @param fields what is asked for, each with its legal basis and purpose in one line
 */
public record WrittenActivity(String key, Map<String, String> parts, List<String> fields) {
  public WrittenActivity {
    fields = List.copyOf(fields);
    if (!parts.keySet().containsAll(ProcessingActivity.PARTS)) {
      throw new IllegalArgumentException("The activity %s has the parts %s, expected %s.".formatted(key,
          parts.keySet(), ProcessingActivity.PARTS));
    }
    parts = Map.copyOf(parts);
  }

  /** Where such activities come from; a bean of this type is enough. */
  @FunctionalInterface
  public interface Source {
    /** Those of the current municipality, by name. */
    List<WrittenActivity> listHere(Locale language);
  }
}
