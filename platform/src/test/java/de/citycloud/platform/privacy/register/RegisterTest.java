package de.citycloud.platform.privacy.register;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.privacy.ProcessingActivity;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.context.NoSuchMessageException;

class RegisterTest extends CityTest {
  private static final ProcessingActivity HELP = new ProcessingActivity("help");

  @Autowired
  private Register register;
  @Autowired
  private List<ProcessingActivity> activities;
  @Autowired
  private MessageSource messages;

  @Test
  void everyColumnOfTheStoreIsClassifiedAndLeadsToAnActivityWithRecipients() {
    assertThat(Register.gapsOf(register.columns(), activities, this::isKnown)).isEmpty();
    assertThat(register.columns()).as("not by looking at nothing").hasSizeGreaterThan(100)
        .anyMatch(column -> column.name().equals("account.name"))
        .anyMatch(column -> column.name().equals("keystore.person_key.person"));
  }

  @Test
  void aColumnWithoutClassOrActivityIsFoundAndNamed() {
    assertThat(gaps(column("", ""))).singleElement().asString().contains("volunteer.phone: not classified")
        .contains("call classify('volunteer'");
    assertThat(gaps(column("personal", ""))).singleElement().asString().contains("not classified");
    assertThat(gaps(column("personal: call back; consent; 1 year", ""))).singleElement().asString()
        .contains("serves no activity").contains("call serves('<activity>', 'volunteer')");
    assertThat(gaps(column("personal: call back; consent; 1 year", "activity gossip"))).singleElement().asString()
        .contains("which no bean ProcessingActivity declares");
    assertThat(gaps(column("not personal", ""))).isEmpty();
    assertThat(gaps(column("personal: call back; consent; 1 year", "activity help"))).isEmpty();
    assertThat(gaps(column("personal: call back; consent; 1 year; activity help", ""))).isEmpty();
  }

  @Test
  void anActivityThatDoesNotSayItsRecipientsIsFound() {
    assertThat(Register.gapsOf(List.of(), List.of(HELP),
        (key, language) -> !key.equals("activity.help.recipients") || language.equals(Locale.GERMAN)))
        .containsExactly("activity.help.recipients has no text in messages_en.properties.");
  }

  @Test
  void aCommentIsReadInItsParts() {
    var said = column("personal: sign-in; Art. 6; Abs. 1 DSGVO; 15 minutes; activity help", "activity other").said();
    assertThat(said).isEqualTo(new RegisterColumn.Said("sign-in", "Art. 6; Abs. 1 DSGVO", "15 minutes"));
    assertThat(column("personal: a; b; c; activity help", "activity other").activity()).isEqualTo("help");
    assertThat(column("personal: a; b; c", "activity other").activity()).isEqualTo("other");
  }

  private static List<String> gaps(RegisterColumn column) {
    return Register.gapsOf(List.of(column), List.of(HELP), (key, language) -> true);
  }

  private static RegisterColumn column(String comment, String tableComment) {
    return new RegisterColumn("volunteer", "phone", comment, tableComment);
  }

  private boolean isKnown(String key, Locale language) {
    try {
      return !messages.getMessage(key, null, language).isBlank();
    } catch (NoSuchMessageException e) {
      return false;
    }
  }
}
