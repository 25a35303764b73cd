package de.citycloud.signals.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.junction.TestNetworks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalJudgeTest {
  /** Each part is shown for so many seconds; position 4 is people on foot, whom the judge leaves alone. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
                                          rrrrr 1, GgGrr 5, yyyrr 3, rrrGr 5          | nothing
                                          rrrrr 1, GgGrr 4, yyyrr 3, rrrGr 5          | position 0 was green for 4 s, expected 5 s
                                          rrrrr 1, GgGrr 5, yyyrr 2, rrrGr 5          | position 0 was yellow for 2 s, expected 3 s
                                          rrrrr 1, GgGrr 5, rrrrr 3, rrrGr 5          | position 0 went from green to red without yellow
                                          rrrrr 1, GgGGr 5                            | positions 0 and 3 are green together
                                          rrrrr 1, GGGrr 5                            | positions 1 and 2 are green together
                                          rrrrr 1, GgGrr 5, yyyGr 5                   | position 3 is green 0 s after position 0, expected 3 s
                                          """)
  void findsWhatMustNotBe(String shown, String expected) {
    var judge = judge(shown.split(", "));

    assertThat(judge.findings().isEmpty() ? List.of("nothing") : judge.findings())
        .anySatisfy(finding -> assertThat(finding).contains(expected));
  }

  @Test
  void countsTheLongestRed() {
    assertThat(judge("GgGrr 5", "yyyrr 3", "rrrrr 40").longestRedSeconds()).isEqualTo(48);
  }

  private static SignalJudge judge(String... parts) {
    var judge = new SignalJudge(TestNetworks.crossing(), 3, 5);
    int second = 0;
    for (var part : parts) {
      var words = part.strip().split(" ");
      for (int i = 0; i < Integer.parseInt(words[1]); i++) {
        judge.see("J", second++, words[0]);
      }
    }
    return judge;
  }
}
