package de.citycloud.platform.privacy.register;

import de.citycloud.platform.privacy.ProcessingActivity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What a form says about the data it asks for (Art. 13 DSGVO), made from the register. In templates {@code @notices}; a
 * form names its fields once: {@code ~{privacy/notice :: short('name=account.name next=unsaved')}}.
 */
@Component("notices")
class Notices {
  /** Stands for the column of a field that is not kept. */
  static final String UNSAVED = "unsaved";

  private final Register register;

  Notices(Register register) {
    this.register = register;
  }

  /**
   * One purpose for which a form asks.
   *
   * @param activity what for
   * @param labels message keys of the fields it is asked for, in the order of the form
   */
  public record Use(ProcessingActivity activity, List<String> labels) {}

  /** The uses of a form's personal fields; empty if it asks for none. */
  public List<Use> of(String fields) {
    var uses = new LinkedHashMap<String, List<String>>();
    parse(fields).values().stream().filter(column -> !column.equals(UNSAVED)).distinct().forEach(name -> {
      var column = register.find(name).filter(RegisterColumn::isPersonal);
      var activity = column.map(RegisterColumn::activity).flatMap(register::findActivity);
      activity.ifPresent(
          known -> uses.computeIfAbsent(known.key(), key -> new ArrayList<>()).add("column." + name));
    });
    return uses.entrySet().stream()
        .map(use -> new Use(register.findActivity(use.getKey()).orElseThrow(), use.getValue())).toList();
  }

  /** The column, or {@link #UNSAVED}, by field. */
  static Map<String, String> parse(String fields) {
    var parsed = new LinkedHashMap<String, String>();
    for (var pair : fields.strip().split("\\s+")) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new IllegalArgumentException(
            "\"%s\" is no field with its column, expected e.g. name=account.name.".formatted(pair));
      }
      parsed.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return parsed;
  }
}
