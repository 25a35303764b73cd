package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.InvalidValue;
import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.pack.ParameterValues;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A package with the parameters of a municipality, for trying it without a database: from the file {@code
 * adoptions/<municipality>.json} beside a package, or with its defaults alone.
 *
 * @param procedure empty if a value is missing or does not fit
 * @param troubles what is wrong; each a sentence
 */
public record AdoptionFile(Optional<ResolvedProcedure> procedure, List<String> troubles) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  public AdoptionFile {
    troubles = List.copyOf(troubles);
  }

  /** The package with its defaults. */
  public static AdoptionFile defaults(ProcedurePackage pack, LocalDate on) {
    return resolve(pack, JsonNodeFactory.instance.objectNode(), on);
  }

  /**
   * The package as the file says.
   *
   * @param json {@code parameters} by key, each a value or a list of {@code {"value", "from"}}; {@code office}
   * @param on day whose values apply
   */
  public static AdoptionFile read(ProcedurePackage pack, byte[] json, LocalDate on) {
    try {
      return resolve(pack, MAPPER.readTree(json), on);
    } catch (JacksonException e) {
      return new AdoptionFile(Optional.empty(), List.of("The adoption is no JSON: " + e.getOriginalMessage()));
    }
  }

  private static AdoptionFile resolve(ProcedurePackage pack, JsonNode json, LocalDate on) {
    var troubles = new ArrayList<String>();
    var values = new LinkedHashMap<String, Object>();
    var own = json.path("parameters");
    for (var key : own.propertyNames()) {
      if (!pack.parameters().containsKey(key)) {
        troubles.add("The adoption sets \"%s\", expected parameters of %s only.".formatted(key, pack.id()));
      }
    }
    pack.parameters().forEach((key, parameter) -> {
      try {
        var value = value(parameter, own.get(key), on);
        if (value != null) {
          values.put(key, value);
        } else if (parameter.required()) {
          troubles.add("The parameter \"%s\" has no value, expected one.".formatted(key));
        }
      } catch (InvalidValue e) {
        troubles.add("The value of \"%s\" does not fit: %s".formatted(key, e.words().en()));
      }
    });
    return new AdoptionFile(troubles.isEmpty()
        ? Optional.of(new ResolvedProcedure(pack, 0, values, Map.of(), Map.of(), office(json.path("office")), on))
        : Optional.empty(), troubles);
  }

  private static @Nullable Object value(Parameter parameter, @Nullable JsonNode json, LocalDate on)
      throws InvalidValue {
    if (json == null || json.isNull()) {
      return parameter.standard();
    }
    boolean dated = isDated(json);
    var applies = dated ? null : json;
    var since = "";
    if (dated) {
      for (var one : json) {
        var from = one.path("from").asString("");
        if (from.compareTo(on.toString()) <= 0 && from.compareTo(since) >= 0) {
          since = from;
          applies = one.get("value");
        }
      }
    }
    return applies == null ? parameter.standard() : ParameterValues.ofJson(parameter, applies);
  }

  private static ResolvedProcedure.OfficeInfo office(JsonNode json) {
    return new ResolvedProcedure.OfficeInfo(json.path("key").asString("office"),
        json.path("name").asString("Musterstadt"), json.path("address").asString("Rathausplatz 1, 12345 Musterstadt"),
        json.path("phone").asString(""), json.path("email").asString(""), json.path("hours").asString(""));
  }

  /** True for a list of {@code {"value", "from"}}; a table is a list too, but has no column {@code value}. */
  public static boolean isDated(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).has("value");
  }
}
