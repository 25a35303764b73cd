package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import de.citycloud.platform.procedure.adoption.Setting.Kind;
import de.citycloud.platform.procedure.pack.InvalidValue;
import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.pack.ParameterValues;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Package and settings of a day, put together. A value that the package does not allow (any more) counts as not set.
 *
 * @param missing required parameters without a value; the procedure is not whole while there is one
 */
record Resolution(ResolvedProcedure procedure, List<Parameter> missing) {
  /** @param activation number; 0 if it is only looked at @param known settings recorded later do not count */
  static Resolution of(ProcedurePackage pack, long activation, List<Setting> settings, OfficeInfo office,
      LocalDate day, Instant known) {
    var values = new HashMap<String, Object>();
    var missing = new ArrayList<Parameter>();
    for (var parameter : pack.parameters().values()) {
      var value = Setting.on(day, settings, Kind.PARAMETER, parameter.key(), known)
          .flatMap(setting -> value(parameter, setting.value())).or(() -> Optional.ofNullable(parameter.standard()));
      value.ifPresent(found -> values.put(parameter.key(), found));
      if (value.isEmpty() && parameter.required()) {
        missing.add(parameter);
      }
    }
    return new Resolution(new ResolvedProcedure(pack, activation, values,
        words(settings, Kind.TEXT, day, known), words(settings, Kind.ADDENDUM, day, known), office, day),
        List.copyOf(missing));
  }

  static Optional<Object> value(Parameter parameter, @org.jspecify.annotations.Nullable JsonNode json) {
    try {
      return json == null ? Optional.empty() : Optional.of(ParameterValues.ofJson(parameter, json));
    } catch (InvalidValue e) {
      return Optional.empty(); // another version allowed it
    }
  }

  private static Map<String, Words> words(List<Setting> settings, Kind kind, LocalDate day, Instant known) {
    var all = new HashMap<String, Words>();
    settings.stream().filter(each -> each.kind() == kind).map(Setting::name).distinct()
        .forEach(name -> Setting.on(day, settings, kind, name, known).map(Setting::value).map(Resolution::words)
            .ifPresent(words -> all.put(name, words)));
    return all;
  }

  static Words words(JsonNode json) {
    var plain = json.path("plain").asString("");
    return new Words(json.path("de").asString(""), json.path("en").asString(""), plain.isBlank() ? null : plain);
  }
}
