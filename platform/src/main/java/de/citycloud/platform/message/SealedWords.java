package de.citycloud.platform.message;

import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Address and words of a message, encrypted with the key of the person it belongs to or with a key of its own. */
@Component
class SealedWords {
  private static final String CONTEXT = "outgoing_message.words";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PersonCipher cipher;

  SealedWords(PersonCipher cipher) {
    this.cipher = cipher;
  }

  /** As somebody reads it; {@code recipient} is a mail address or the lines of a postal one. */
  record Words(String recipient, String subject, String body, @Nullable String link) {
    /** What is left when the key is gone. */
    static final Words GONE = new Words("", "", "", null);
  }

  byte[] seal(Person person, Words words) {
    return cipher.encrypt(person, CONTEXT, JSON.writeValueAsBytes(words));
  }

  /** {@link Words#GONE} if the key has ended, as in an old backup. */
  Words open(Person person, byte[] sealed) {
    return cipher.decrypt(person, CONTEXT, sealed).map(clear -> JSON.readValue(clear, Words.class)).orElse(Words.GONE);
  }
}
