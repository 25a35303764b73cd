package de.citycloud.signals.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F15: a million requests over a thousand junctions; an observer that shares no code with the kernel judges them. */
class HostileRequestsTest {
  private static final int SECONDS = 800;

  /** How a strategy misbehaves. */
  private enum Temper {
    /** Wants something else each second. */
    FICKLE,
    /** Clings to one group for ever. */
    STUBBORN,
    /** Never says anything usable. */
    SENSELESS,
    /** Asks only for groups that conflict. */
    MURDEROUS,
    /** Goes through legal stages as fast as it may. */
    HASTY,
    /** Falls silent for minutes, is late, comes back. */
    FAINT,
    /** All of these. */
    MAD
  }

  @Test
  void hostileRequestsBringNothingIllegalToTheStreet() {
    assertThat(prove(0, 150)).as("requests").isEqualTo(120_000);
  }

  @Test
  @Tag("long")
  void aMillionHostileRequestsBringNothingIllegalToTheStreet() {
    assertThat(prove(150, 1_500)).as("requests").isGreaterThanOrEqualTo(1_000_000);
  }

  private static long prove(int firstSeed, int junctions) {
    long requests = 0;
    long followed = 0;
    int served = 0;
    int groups = 0;
    int onFoot = 0;
    for (int seed = firstSeed; seed < firstSeed + junctions; seed++) {
      var random = new Random(seed);
      var junction = RandomJunction.of(random);
      int patience = random.nextInt(5);
      var kernel = new SafetyKernel(junction.rules(), patience);
      var observer = junction.observer();
      var temper = Temper.values()[seed % Temper.values().length];
      for (int second = 0; second < SECONDS; second++) {
        var wish = wish(random, junction, kernel.now(), temper);
        observer.see(letters(kernel.step(wish)));
        boolean usable = wish != null && isUsable(junction, wish, second, patience);
        if (kernel.isLocal() == usable) {
          fail("seed %d, t=%d: the request was %s, expected the local program exactly without a usable request", seed,
              second, wish);
        }
        requests++;
        followed += usable ? 1 : 0;
      }
      assertThat(observer.findings()).as("seed %d, %s, %d groups", seed, temper, junction.groups()).isEmpty();
      for (int g = 0; g < junction.groups(); g++) {
        groups++;
        onFoot += junction.yellow()[g] == 0 ? 1 : 0;
        served += observer.wasServed(g) ? 1 : 0;
        assertThat(observer.wasServed(g) || junction.longestRed(g) >= SECONDS)
            .as("seed %d: group %d was served within %d s", seed, g, SECONDS).isTrue();
      }
    }
    System.out.printf("F15: %,d requests (%,d of them usable) over %,d junctions with %,d groups (%,d without yellow), "
        + "0 findings, %,d groups served%n", requests, followed, junctions, groups, onFoot, served);
    assertThat(followed).as("requests that were usable").isGreaterThan(requests / 4);
    return requests;
  }

  @Test
  void whoOnlySaysNonsenseGetsExactlyTheLocalProgram() {
    for (int seed = 0; seed < 30; seed++) {
      var random = new Random(seed);
      var junction = RandomJunction.of(random);
      var silent = new SafetyKernel(junction.rules(), 2);
      var teased = new SafetyKernel(junction.rules(), 2);
      for (int second = 0; second < SECONDS; second++) {
        assertThat(letters(teased.step(wish(random, junction, teased.now(), Temper.SENSELESS))))
            .as("seed %d, t=%d", seed, second).isEqualTo(letters(silent.step(null)));
      }
    }
  }

  /** Said anew, with the tables alone. */
  private static boolean isUsable(RandomJunction junction, SignalRequest wish, int now, int patience) {
    var asked = wish.green().stream().toArray();
    boolean known = Arrays.stream(asked).allMatch(g -> g < junction.groups());
    return known && wish.decidedAtSecond() <= now && wish.decidedAtSecond() >= now - patience
        && Arrays.stream(asked).noneMatch(a -> Arrays.stream(asked).anyMatch(b -> junction.conflicts()[a][b]));
  }

  private static @Nullable SignalRequest wish(Random random, RandomJunction junction, long now, Temper temper) {
    int n = junction.groups();
    return switch (temper) {
      case FICKLE -> new SignalRequest(now, anything(random, n));
      case STUBBORN -> new SignalRequest(now, BitSet.valueOf(new long[]{1}));
      case HASTY -> new SignalRequest(now, legal(random, junction));
      case FAINT -> now / 90 % 2 == 0 ? new SignalRequest(now - random.nextInt(8), legal(random, junction)) : null;
      case MURDEROUS -> {
        var all = new BitSet();
        all.set(0, n);
        yield new SignalRequest(now, random.nextInt(3) == 0 ? all : anything(random, n));
      }
      case SENSELESS -> switch (random.nextInt(6)) {
        case 0 -> null;
        case 1 -> new SignalRequest(now - 1_000, anything(random, n));
        case 2 -> new SignalRequest(now + 5, anything(random, n));
        case 3 -> new SignalRequest(Long.MIN_VALUE, anything(random, n));
        case 4 -> new SignalRequest(Long.MAX_VALUE, new BitSet());
        default -> new SignalRequest(now, BitSet.valueOf(new long[]{-1L, -1L}));
      };
      case MAD -> wish(random, junction, now, Temper.values()[random.nextInt(Temper.MAD.ordinal())]);
    };
  }

  private static BitSet anything(Random random, int groups) {
    var green = new BitSet();
    for (int i = 0; i < groups; i++) {
      green.set(i, random.nextInt(groups) < 2);
    }
    return green;
  }

  private static BitSet legal(Random random, RandomJunction junction) {
    var green = new BitSet();
    int first = random.nextInt(junction.groups());
    for (int k = 0; k < junction.groups(); k++) {
      int i = (first + k) % junction.groups();
      green.set(i, green.stream().noneMatch(j -> junction.conflicts()[i][j]));
    }
    return green;
  }

  static String letters(Lamp[] lamps) {
    return Arrays.stream(lamps).map(lamp -> lamp.name().substring(0, 1)).collect(Collectors.joining());
  }
}
