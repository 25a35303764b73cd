package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.read.ExampleFile;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Answers as JSON, as they are kept: texts, plain decimal texts, ISO dates, booleans, lists. */
public final class Answers {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Answers() {}

  /** The JSON of {@code answers}, in their order. */
  public static byte[] toJson(Map<String, Object> answers) {
    var object = JsonNodeFactory.instance.objectNode();
    answers.forEach((key, answer) -> object.set(key, node(answer)));
    return MAPPER.writeValueAsBytes(object);
  }

  /**
   * The answers in {@code json}. Those to fields that the package does not have, or of another kind, are left out.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static Map<String, Object> ofJson(ProcedurePackage pack, byte[] json) {
    try {
      var answers = new LinkedHashMap<String, Object>();
      for (var member : MAPPER.readTree(json).properties()) {
        pack.field(member.getKey()).map(Field::type).flatMap(type -> ExampleFile.answer(type, member.getValue()))
            .ifPresent(answer -> answers.put(member.getKey(), answer));
      }
      return answers;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("The answers are no JSON.", e);
    }
  }

  private static JsonNode node(Object answer) {
    var nodes = JsonNodeFactory.instance;
    return switch (answer) {
      case Boolean yes -> nodes.booleanNode(yes);
      case BigDecimal number -> nodes.stringNode(number.toPlainString());
      case List<?> list -> {
        var array = nodes.arrayNode();
        list.forEach(one -> array.add(one.toString()));
        yield array;
      }
      default -> nodes.stringNode(answer.toString());
    };
  }
}
