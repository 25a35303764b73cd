package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.procedure.apply.Draft.KeptFile;
import de.citycloud.platform.procedure.pack.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field as a page shows it.
 *
 * @param id of its (first) input, to which mistakes lead
 * @param hint help of the package and what the type needs; may be empty
 * @param value what stands in it; for dates empty, see {@link #parts}
 * @param parts day, month and year of a date as they were typed; empty for other types
 * @param options of choices
 * @param files that were sent for it
 * @param error null if there is none
 */
record FieldView(String key, String id, Field.Type type, String label, String hint, boolean required, int maxLength,
    String autocomplete, String value, List<String> parts, List<Option> options, List<KeptFile> files,
    @Nullable String error) {
  /** One of several answers. */
  record Option(String value, String label, boolean chosen) {}

  /** From eight options on a list is easier than buttons. */
  public boolean isList() {
    return type == Field.Type.CHOICE && options.size() > 7;
  }

  public boolean isWrong() {
    return error != null;
  }

  /** A short answer has a short field. */
  public String width() {
    return switch (type) {
      case INTEGER, MONEY -> "short";
      case PHONE -> "medium";
      default -> maxLength <= 12 ? "short" : maxLength <= 30 ? "medium" : "";
    };
  }

  public String inputMode() {
    return switch (type) {
      case INTEGER -> "numeric";
      case MONEY -> "decimal";
      default -> "";
    };
  }

  public String inputType() {
    return switch (type) {
      case EMAIL -> "email";
      case PHONE -> "tel";
      default -> "text";
    };
  }
}
