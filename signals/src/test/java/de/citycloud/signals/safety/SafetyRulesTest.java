package de.citycloud.signals.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.signals.safety.SafetyRules.LocalStage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetyRulesTest {
  /** Two groups that conflict; everything can be changed before it is built. */
  private static final class Draft {
    List<BitSet> conflicts = List.of(bits(1), bits(0));
    int[][] intergreen = {{0, 5}, {6, 0}};
    int[] yellow = {3, 4};
    int[] minGreen = {5, 7};
    int[] maxRed = {60, 90};
    List<LocalStage> program = List.of(new LocalStage(bits(0), 20), new LocalStage(bits(1), 10));

    SafetyRules build() {
      return new SafetyRules(conflicts, intergreen, yellow, minGreen, maxRed, program);
    }
  }

  @ParameterizedTest
  @CsvSource({"yellow,0,10", "minGreen,1,60", "maxRed,10,600", "intergreen,3,60", "stage,5,180"})
  void eachFigureMayBeAtItsLimitsAndNotBeyond(String what, int least, int most) {
    assertThatCode(() -> with(what, least)).as("%s %d", what, least).doesNotThrowAnyException();
    assertThatCode(() -> with(what, most)).as("%s %d", what, most).doesNotThrowAnyException();
    assertThatThrownBy(() -> with(what, least - 1)).isInstanceOf(UnsafeRules.class)
        .hasMessageContaining(" " + (least - 1) + " s");
    assertThatThrownBy(() -> with(what, most + 1)).isInstanceOf(UnsafeRules.class)
        .hasMessageContaining(" " + (most + 1) + " s");
    assertThatThrownBy(() -> with(what, Integer.MIN_VALUE)).isInstanceOf(UnsafeRules.class);
    assertThatThrownBy(() -> with(what, Integer.MAX_VALUE)).isInstanceOf(UnsafeRules.class);
  }

  private static SafetyRules with(String what, int value) {
    var draft = new Draft();
    switch (what) {
      case "yellow" -> {
        draft.yellow[0] = value;
        draft.intergreen[0][1] = 10;
      }
      case "minGreen" -> {
        draft.minGreen[0] = value;
        draft.program = List.of(new LocalStage(bits(0), 60), new LocalStage(bits(1), 10));
      }
      case "maxRed" -> draft.maxRed[0] = value;
      case "intergreen" -> draft.intergreen[0][1] = value;
      case "stage" -> draft.program = List.of(new LocalStage(bits(0), value), new LocalStage(bits(1), 10));
      default -> throw new IllegalArgumentException(what);
    }
    return draft.build();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
                                          no groups           | There are 0 signal groups, expected at least 1.
                                          short yellow        | The tables have 2, 1, 2 and 2 rows, expected 2 each.
                                          short minGreen      | The tables have 2, 2, 1 and 2 rows, expected 2 each.
                                          short maxRed        | The tables have 2, 2, 2 and 1 rows, expected 2 each.
                                          short intergreen    | The tables have 1, 2, 2 and 2 rows, expected 2 each.
                                          short row           | The intergreen row of group 1 has 1 entries, expected 2.
                                          self                | Group 0 conflicts with itself.
                                          unknown foe         | Group 1 conflicts with group 2, expected 0 to 1.
                                          one-sided           | Group 0 conflicts with 1, but not the other way round.
                                          other side          | Group 0 conflicts with 1, but not the other way round.
                                          unknown stage group | Stage 1 of the local program serves group 2, expected 0 to 1.
                                          conflicting stage   | Stage 0 of the local program gives green to group 0 and to one it conflicts with.
                                          short stage         | Stage 1 of the local program is 6 s long, expected at least the minimum green of group 1, 7 s.
                                          unserved            | The local program never serves group 1.
                                          """)
  void whatContradictsItselfIsRefusedWithFigureAndPlace(String mistake, String message) {
    var draft = new Draft();
    switch (mistake) {
      case "no groups" -> draft.conflicts = List.of();
      case "short yellow" -> draft.yellow = new int[]{3};
      case "short minGreen" -> draft.minGreen = new int[]{5};
      case "short maxRed" -> draft.maxRed = new int[]{60};
      case "short intergreen" -> draft.intergreen = new int[][]{{0, 5}};
      case "short row" -> draft.intergreen = new int[][]{{0, 5}, {6}};
      case "self" -> draft.conflicts = List.of(bits(0, 1), bits(0));
      case "unknown foe" -> draft.conflicts = List.of(bits(1), bits(0, 2));
      case "one-sided" -> draft.conflicts = List.of(bits(1), bits());
      case "other side" -> draft.conflicts = List.of(bits(), bits(0));
      case "unknown stage group" -> draft.program = List.of(new LocalStage(bits(0), 20), new LocalStage(bits(2), 20));
      case "conflicting stage" -> draft.program = List.of(new LocalStage(bits(0, 1), 20));
      case "short stage" -> draft.program = List.of(new LocalStage(bits(0), 20), new LocalStage(bits(1), 6));
      case "unserved" -> draft.program = List.of(new LocalStage(bits(0), 20));
      default -> throw new IllegalArgumentException(mistake);
    }
    assertThatThrownBy(draft::build).isInstanceOf(UnsafeRules.class).hasMessageStartingWith(message);
  }

  @Test
  void aStageMayBeExactlyAsLongAsTheMinimumGreen() {
    var draft = new Draft();
    draft.program = List.of(new LocalStage(bits(0), 5), new LocalStage(bits(1), 7));

    assertThat(draft.build().groups()).isEqualTo(2);
  }

  @Test
  void intergreensOfGroupsThatDoNotConflictDoNotMatter() {
    var draft = new Draft();
    draft.conflicts = List.of(bits(), bits());
    draft.intergreen = new int[][]{{-1, -1}, {999, 0}};

    assertThat(draft.build().groups()).isEqualTo(2);
  }

  @Test
  void theLongestRedIsTheMaximumAndOneTurnOfEverybody() {
    var rules = new Draft().build();

    assertThat(rules.longestRedSeconds(0)).isEqualTo(60 + (5 + 5 + 1) + (7 + 6 + 1));
    assertThat(rules.longestRedSeconds(1)).isEqualTo(90 + (5 + 5 + 1) + (7 + 6 + 1));
  }

  @Test
  void clearingCountsOnlyTowardsGroupsThatConflict() {
    var draft = new Draft();
    draft.conflicts = List.of(bits(), bits());

    assertThat(draft.build().longestRedSeconds(0)).isEqualTo(60 + (5 + 1) + (7 + 1));
  }

  @Test
  void whatWasHandedInMayBeChangedAfterwards() {
    var draft = new Draft();
    var rules = draft.build();
    draft.conflicts.forEach(BitSet::clear);
    draft.program.forEach(stage -> stage.groups().clear());
    Arrays.fill(draft.yellow, 99);
    Arrays.fill(draft.minGreen, 99);
    Arrays.fill(draft.maxRed, 99);
    draft.intergreen[0][1] = 99;

    assertThat(rules.conflicts().getFirst()).isEqualTo(bits(1));
    assertThat(rules.localProgram().getFirst().groups()).isEqualTo(bits(0));
    assertThat(rules.yellowSeconds()).containsExactly(3, 4);
    assertThat(rules.minGreenSeconds()).containsExactly(5, 7);
    assertThat(rules.maxRedSeconds()).containsExactly(60, 90);
    assertThat(rules.intergreenSeconds()[0][1]).isEqualTo(5);
  }

  private static BitSet bits(int... groups) {
    var bits = new BitSet();
    Arrays.stream(groups).forEach(bits::set);
    return bits;
  }
}
