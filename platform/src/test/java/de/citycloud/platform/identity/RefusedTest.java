package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where somebody is led who may go on after one more step; that a real page does so is in MyDataTest and ProviderTest. */
class RefusedTest {
  private static final Audience SURE = Audience.assured(Assurance.SUBSTANZIELL);
  private static final Audience FOR_RIGHTS = Audience.needs(Permission.READ_PERSON_DATA, Purpose.RIGHTS_REQUEST);
  private static final String BACK = "?next=%2Ftown%2Fcases%2F7";

  private static SignedIn somebody(Role role, Assurance assurance, boolean confined) {
    return new SignedIn(1, 7, "kim", Set.of(role), Instant.EPOCH, 1, assurance, null, confined);
  }

  @Test
  void whoIsNotKnownSurelyEnoughSignsInAgainAtTheProvider() {
    assertThat(Refused.wayOn(SURE, somebody(Role.CITIZEN, Assurance.BASIS, false), BACK))
        .contains("/sign-in" + BACK + "&level=substanziell");
    assertThat(Refused.wayOn(SURE, somebody(Role.CITIZEN, Assurance.SUBSTANZIELL, false), BACK))
        .as("no circle for those who are").isEmpty();
    assertThat(Refused.wayOn(SURE, somebody(Role.CITIZEN, Assurance.HOCH, false), BACK)).isEmpty();
  }

  @Test
  void whoMayReadSaysWhatForAndWhoMayNotIsNotAsked() {
    assertThat(Refused.wayOn(FOR_RIGHTS, somebody(Role.CASEWORKER, Assurance.NONE, false), BACK))
        .contains("/purpose" + BACK + "&purpose=RIGHTS_REQUEST");
    assertThat(Refused.wayOn(FOR_RIGHTS, somebody(Role.MODERATOR, Assurance.NONE, false), BACK)).isEmpty();
  }

  @Test
  void whoLacksASecondFactorIsLedThereBeforeAnythingElse() {
    for (var audience : Set.of(SURE, FOR_RIGHTS, Audience.needs(Permission.MANAGE_KEYS))) {
      assertThat(Refused.wayOn(audience, somebody(Role.ADMINISTRATOR, Assurance.NONE, true), BACK))
          .contains("/account");
    }
    assertThat(Refused.wayOn(Audience.needs(Permission.MANAGE_KEYS),
        somebody(Role.CITIZEN, Assurance.NONE, false), BACK)).isEmpty();
  }
}
