package de.citycloud.platform.identity;

import de.citycloud.platform.problem.CityProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Passwords as argon2id hashes (19 MiB, 2 passes, 1 lane), and which ones are too easy. At most two are computed at a
 * time, so that a flood of sign-ins costs neither all memory nor all processors.
 */
@Component
class Passwords {
  static final int SHORTEST = 12;
  static final int LONGEST = 200;
  private static final int MEMORY_KIB = 19_456;
  /** What people write who must think of something; a password needs six letters or more besides these. */
  private static final List<String> EASY = List.of("passwort", "password", "kennwort", "geheim", "secret", "qwertz",
      "qwerty", "asdfg", "yxcvb", "zxcvb", "hallo", "hello", "willkommen", "welcome", "admin", "administrator", "stadt",
      "gemeinde", "rathaus", "smartcity", "cloud", "sommer", "winter", "summer", "fruehling", "herbst", "letmein",
      "iloveyou", "abcdef", "test", "user", "login");
  private static final Map<Character, Character> DISGUISES = Map.of('0', 'o', '1', 'i', '3', 'e', '4', 'a', '5', 's',
      '7', 't', '$', 's', '@', 'a', '!', 'i');

  private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, 2);
  private final Semaphore atATime = new Semaphore(2, true);
  private final AtomicLong computed = new AtomicLong();
  private final String hashOfNobody = encoder.encode("somebody who does not exist");

  /** Hashes computed so far, each as costly as any other: what a test compares instead of time. */
  long computed() {
    return computed.get();
  }

  String hash(String password) {
    return limited(() -> String.valueOf(encoder.encode(password)));
  }

  /** Compares; takes as long if there is no hash, so that nobody learns whether an account exists. */
  boolean matches(String password, @Nullable String hash) {
    var cut = password.length() > LONGEST ? password.substring(0, LONGEST + 1) : password;
    return limited(() -> encoder.matches(cut, hash == null ? hashOfNobody : hash)) && hash != null;
  }

  /**
   * Why {@code password} is refused, as a message key; empty if it is good.
   *
   * @param known words it must not lean on: the account's name, the municipality's
   */
  static Optional<String> weaknessOf(String password, List<String> known) {
    if (password.length() < SHORTEST) {
      return Optional.of("account.password.short");
    }
    if (password.length() > LONGEST) {
      return Optional.of("account.password.long");
    }
    var plain = new StringBuilder();
    for (char c : password.toLowerCase(Locale.ROOT).toCharArray()) {
      plain.append(DISGUISES.getOrDefault(c, c));
    }
    var rest = plain.toString();
    for (var word : known) {
      for (var part : word.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
        rest = part.length() < 3 ? rest : rest.replace(part, "");
      }
    }
    for (var word : EASY) {
      rest = rest.replace(word, "");
    }
    boolean monotonous = password.chars().distinct().count() < 6 || isRepeated(password);
    return monotonous || rest.replaceAll("\\P{L}", "").length() < 6 || password.chars().noneMatch(Character::isLetter)
        ? Optional.of("account.password.easy")
        : Optional.empty();
  }

  private static boolean isRepeated(String password) {
    for (int period = 1; period <= password.length() / 2; period++) {
      var first = password.substring(0, period);
      if (first.repeat(password.length() / period + 1).startsWith(password)) {
        return true;
      }
    }
    return false;
  }

  private <T> T limited(java.util.function.Supplier<T> work) {
    try {
      if (!atATime.tryAcquire(20, TimeUnit.SECONDS)) {
        throw new CityProblem("sign-in-busy", HttpStatus.SERVICE_UNAVAILABLE, """
                                                                              Too many people sign in at this moment.
                                                                              Maybe try again in a few seconds.""",
            Map.of("retryAfterSeconds", 5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting to compare a password", e);
    }
    try {
      computed.incrementAndGet();
      return work.get();
    } finally {
      atATime.release();
    }
  }
}
