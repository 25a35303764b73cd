package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final List<String> KNOWN = List.of("erika.mustermann@ludwigsburg.de", "Ludwigsburg");
  private final Passwords passwords = new Passwords();

  @ParameterizedTest
  @ValueSource(strings = {"Passwort2026!", "P4ssw0rt1234", "LudwigsburgLudwigsburg1", "Sommer2026Sommer",
      "123456789012345",
      "aaaaaaaaaaaaaaaa", "abababababababab", "qwertzqwertz123", "erika.mustermann", "WillkommenAdmin1!"})
  void passwordsThatPeopleThinkOfFirstAreRefused(String password) {
    assertThat(Passwords.weaknessOf(password, KNOWN)).contains("account.password.easy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drei Igel tanzen", "korrekt-pferd-batterie", "x7#Kp!vw2Qz&mB", "Brezel unter Zypressen 4"})
  void severalUnrelatedWordsAreGood(String password) {
    assertThat(Passwords.weaknessOf(password, KNOWN)).isEmpty();
  }

  @Test
  void shortAndEndlessOnesAreRefused() {
    assertThat(Passwords.weaknessOf("kurz!Igel7", KNOWN)).contains("account.password.short");
    assertThat(Passwords.weaknessOf("Igel und Zypresse ".repeat(12), KNOWN)).contains("account.password.long");
  }

  @Test
  void theHashIsArgon2idWithItsOwnSaltAndNobodyHasNone() {
    var hash = passwords.hash("drei Igel tanzen");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(passwords.hash("drei Igel tanzen"));
    assertThat(passwords.matches("drei Igel tanzen", hash)).isTrue();
    assertThat(passwords.matches("drei Igel tanze", hash)).isFalse();
    assertThat(passwords.matches("somebody who does not exist", null)).isFalse();
  }
}
