package de.citycloud.signals.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SafetyKernelTest {
  private static final int JUNCTIONS = 1_000;
  private static final int SECONDS = 1_000;

  @Test
  void aMillionRequestsOfAHostileStrategyBringNothingIllegalToTheStreet() {
    for (int seed = 0; seed < JUNCTIONS; seed++) {
      var random = new Random(seed);
      var junction = RandomJunction.of(random);
      var rules = junction.rules();
      var kernel = new SafetyKernel(rules, random.nextInt(5));
      var observer = junction.observer(rules);
      int temper = random.nextInt(4);
      for (int second = 0; second < SECONDS; second++) {
        observer.see(letters(kernel.step(wish(random, junction.groups(), kernel.now(), temper))));
      }
      assertThat(observer.findings()).as("seed %d: %s", seed, junction).isEmpty();
      assertThat(observer.everybodyWasServed()).as("seed %d: everybody was served", seed).isTrue();
    }
  }

  /** Tempers: 0 wants something else every second, 1 clings to one wish, 2 says nothing useful, 3 all of these. */
  private static @Nullable SignalRequest wish(Random random, int groups, long now, int temper) {
    return switch (temper == 3 ? random.nextInt(3) : temper) {
      case 0 -> new SignalRequest(now, anything(random, groups));
      case 1 -> new SignalRequest(now, BitSet.valueOf(new long[]{1}));
      default -> switch (random.nextInt(4)) {
        case 0 -> null;
        case 1 -> new SignalRequest(now - 1_000, anything(random, groups));
        case 2 -> new SignalRequest(now + 5, anything(random, groups));
        default -> new SignalRequest(now, BitSet.valueOf(new long[]{-1L, -1L}));
      };
    };
  }

  private static BitSet anything(Random random, int groups) {
    var green = new BitSet();
    for (int i = 0; i < groups; i++) {
      green.set(i, random.nextInt(groups) < 2);
    }
    return green;
  }

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
    return Arrays.stream(lamps).map(lamp -> lamp.name().substring(0, 1)).collect(Collectors.joining());
  }
}
