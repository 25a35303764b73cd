package de.citycloud.signals.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  @Test
  void readsObjectsWithEverythingInThem() {
    var json = Json.object(
        """
        {"name": "a \\"b\\" \\u00e4", "cars": -1.5e2, "edges": ["x", 1], "open": true, "end": null, "in": {"a": 1}}
        """);

    assertThat(json).containsEntry("name", "a \"b\" ä").containsEntry("cars", -150.0)
        .containsEntry("edges", List.of("x", 1.0)).containsEntry("open", true).doesNotContainKey("end")
        .containsKey("in");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                                                                {"a": }    | has "}" at character 7, expected a value
                                                                {"a" 1}    | has "1" at character 6, expected ":"
                                                                {"a": 1    | has its end at character 8, expected more
                                                                {"a": 1} x | has "x" at character 10, expected the end
                                                                [1]        | is no object
                                                                """)
  void saysWhereATextIsWrong(String text, String message) {
    assertThatThrownBy(() -> Json.object(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesATowerOfBrackets() {
    assertThatThrownBy(() -> Json.object("{\"a\":" + "[".repeat(100_000))).hasMessageContaining("at most 50 levels");
  }
}
