package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Why a form asks for something (Art. 13 DSGVO): fields with one purpose and one legal basis.
 *
 * @param labels of the fields, in the order of the form
 */
public record FieldUse(String purpose, String legalBasis, List<String> labels) {
  /** Why these fields are asked, one entry for each purpose with its basis. */
  public static List<FieldUse> of(ProcedureRules rules, ResolvedProcedure procedure, Collection<Field> fields,
      Locale language) {
    record Why(String purpose, String basis) {}
    var uses = new LinkedHashMap<Why, List<String>>();
    fields.stream().filter(Field::personal)
        .forEach(field -> uses.computeIfAbsent(
            new Why(rules.text(procedure, field.purpose(), Map.of(), language), field.legalBasis()),
            why -> new ArrayList<>()).add(rules.text(procedure, field.label(), Map.of(), language)));
    return uses.entrySet().stream().map(use -> new FieldUse(use.getKey().purpose, use.getKey().basis, use.getValue()))
        .toList();
  }
}
