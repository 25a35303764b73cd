package de.citycloud.signals.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafetyKernelTest {
  /** Two streets that cross, 3 s yellow, 5 s intergreen, 5 s minimum green, 60 s maximum red. */
  private static SafetyKernel crossing() {
    return new SafetyKernel(crossingRules(5, 60), 2);
  }

  private static SafetyRules crossingRules(int intergreen, int maxRed) {
    return new SafetyRules(List.of(bits(1), bits(0)), new int[][]{{0, intergreen}, {intergreen, 0}}, new int[]{3, 3},
        new int[]{5, 5}, new int[]{maxRed, maxRed},
        List.of(new SafetyRules.LocalStage(bits(0), 20), new SafetyRules.LocalStage(bits(1), 10)));
  }

  @Test
  void aChangeTakesMinimumGreenYellowAndIntergreen() {
    var kernel = crossing();
    var film = new StringBuilder();
    for (int second = 0; second < 20; second++) {
      film.append(letters(kernel.step(new SignalRequest(kernel.now(), bits(second < 7 ? 0 : 1)))).charAt(0));
    }
    assertThat(film.toString()).isEqualTo("RRRRRGGGGGYYYRRRRRRR");
    assertThat(letters(kernel.step(new SignalRequest(kernel.now(), bits(1))))).isEqualTo("RG");
  }

  @Test
  void withoutAWishTheLocalProgramRuns() {
    var kernel = crossing();
    var first = new StringBuilder();
    var second = new StringBuilder();
    for (int i = 0; i < 48; i++) {
      var letters = letters(kernel.step(null));
      first.append(letters.charAt(0));
      second.append(letters.charAt(1));
    }
    assertThat(kernel.isLocal()).isTrue();
    assertThat(first.toString()).isEqualTo("RRRRR" + "G".repeat(20) + "YYY" + "R".repeat(17) + "GGG");
    assertThat(second.toString()).isEqualTo("R".repeat(30) + "G".repeat(10) + "YYYRRRRR");
  }

  @Test
  void aWishIsFollowedUpToThePatienceAndNotAfter() {
    var kernel = crossing();
    kernel.step(null);
    kernel.step(null);
    kernel.step(new SignalRequest(0, bits(1)));
    assertThat(kernel.isLocal()).as("2 s old").isFalse();
    kernel.step(new SignalRequest(0, bits(1)));
    assertThat(kernel.isLocal()).as("3 s old").isTrue();
    kernel.step(new SignalRequest(5, bits(1)));
    assertThat(kernel.isLocal()).as("from the future").isTrue();
  }

  @Test
  void whoHasWaitedTheMaximumIsServedAgainstTheWish() {
    var kernel = new SafetyKernel(crossingRules(5, 10), 2);
    var film = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      film.append(letters(kernel.step(new SignalRequest(kernel.now(), bits(0)))).charAt(1));
    }
    assertThat(film.toString()).contains("GGGGG");
  }

  /** Z1…Z10 wait with X; W conflicts with X and every second Z, has a long minimum green, and is all that is wished. */
  @Test
  void aLongGreenCannotSlipInAgainAndAgainWhileSomebodyIsOverdue() {
    int n = 12;
    var conflicts = new boolean[n][n];
    for (int z = 2; z < n; z++) {
      conflicts[0][z] = conflicts[z][0] = true;
      conflicts[1][z] = conflicts[z][1] = z % 2 == 1;
      for (int other = 2; other < z; other++) {
        conflicts[z][other] = conflicts[other][z] = true;
      }
    }
    conflicts[0][1] = conflicts[1][0] = true;
    var minGreen = new int[n];
    Arrays.fill(minGreen, 1);
    minGreen[1] = 60;
    var maxRed = new int[n];
    Arrays.setAll(maxRed, g -> g == 0 ? 60 : 10 + g);
    maxRed[1] = 600;
    var junction = new RandomJunction(conflicts, new int[n][n], new int[n], minGreen, maxRed);
    var kernel = new SafetyKernel(junction.rules(), 2);
    var observer = junction.observer();
    for (int second = 0; second < 2_000; second++) {
      observer.see(letters(kernel.step(new SignalRequest(kernel.now(), bits(1)))));
    }
    assertThat(observer.findings()).isEmpty();
    assertThat(observer.wasServed(0)).isTrue();
  }

  @Test
  void whoChangesTheTablesThatItCanSeeChangesNothing() {
    var rules = crossingRules(5, 60);
    var kernel = new SafetyKernel(rules, 2);
    rules.conflicts().forEach(BitSet::clear);
    Arrays.stream(rules.intergreenSeconds()).forEach(row -> Arrays.fill(row, 0));
    Arrays.fill(rules.minGreenSeconds(), 0);
    Arrays.fill(rules.yellowSeconds(), 0);
    Arrays.fill(rules.maxRedSeconds(), 0);
    rules.localProgram().forEach(stage -> stage.groups().set(0, 2));
    var film = new StringBuilder();
    for (int second = 0; second < 20; second++) {
      film.append(letters(kernel.step(new SignalRequest(kernel.now(), bits(second < 7 ? 0 : 1)))).charAt(0));
      kernel.step(null);
    }
    var untouched = new SafetyKernel(crossingRules(5, 60), 2);
    var expected = new StringBuilder();
    for (int second = 0; second < 20; second++) {
      expected.append(letters(untouched.step(new SignalRequest(untouched.now(), bits(second < 7 ? 0 : 1)))).charAt(0));
      untouched.step(null);
    }
    assertThat(film.toString()).isEqualTo(expected.toString());
  }

  /** A set that says one thing when it is checked and another when it is used. */
  private static final class TwoFaced extends BitSet {
    private static final long serialVersionUID = 1L;

    @Override
    public Object clone() {
      return this;
    }

    @Override
    public int nextSetBit(int from) {
      return -1;
    }

    @Override
    public int length() {
      return 0;
    }

    @Override
    public boolean get(int bit) {
      return true;
    }
  }

  @Test
  void aSetThatLiesIsTakenAtItsBits() {
    var kernel = crossing();
    var both = new TwoFaced();
    both.set(0, 2);
    for (int second = 0; second < 30; second++) {
      assertThat(letters(kernel.step(new SignalRequest(kernel.now(), both)))).isNotEqualTo("GG");
      assertThat(kernel.isLocal()).isTrue();
    }
  }

  @Test
  void contradictoryRulesAreRefusedByName() {
    assertThatThrownBy(() -> crossingRules(2, 60)).isInstanceOf(UnsafeRules.class)
        .hasMessage("The intergreen from group 0 to 1 is 2 s, expected 3 to 60 s.");
    assertThatThrownBy(() -> crossingRules(5, 5)).isInstanceOf(UnsafeRules.class).hasMessageContaining("maximum red");
    assertThatThrownBy(() -> new SafetyRules(List.of(bits(1), bits()), new int[2][2], new int[2], new int[]{5, 5},
        new int[]{60, 60}, List.of())).isInstanceOf(UnsafeRules.class)
        .hasMessageContaining("not the other way round");
    assertThatThrownBy(() -> new SafetyRules(List.of(bits(), bits()), new int[2][2], new int[2], new int[]{5, 5},
        new int[]{60, 60}, List.of(new SafetyRules.LocalStage(bits(0), 20)))).isInstanceOf(UnsafeRules.class)
        .hasMessageContaining("never serves group 1");
    assertThatThrownBy(() -> new SafetyKernel(crossingRules(5, 60), 31)).isInstanceOf(UnsafeRules.class);
  }

  private static BitSet bits(int... groups) {
    var bits = new BitSet();
    Arrays.stream(groups).forEach(bits::set);
    return bits;
  }

  private static String letters(Lamp[] lamps) {
    return HostileRequestsTest.letters(lamps);
  }
}
