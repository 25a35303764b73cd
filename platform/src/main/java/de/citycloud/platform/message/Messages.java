package de.citycloud.platform.message;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Person;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Takes messages to people. They leave after the caller's transaction has ended well, and not at all otherwise. */
@Service
public class Messages {
  static final String OWN_KEY = "message";

  private final JdbcClient jdbc;
  private final SealedWords sealed;
  private final MessageSource words;
  private final MailSettings settings;

  Messages(JdbcClient jdbc, SealedWords sealed, MessageSource words, MailSettings settings) {
    this.jdbc = jdbc;
    this.sealed = sealed;
    this.words = words;
    this.settings = settings;
  }

  /** Sends a mail to somebody who is not known further; returns its number. */
  public long send(MailAddress to, Text text) {
    return send(Person.ofRecord(OWN_KEY), to, text);
  }

  /**
   * Sends a mail; returns its number.
   *
   * @param person whom it belongs to; it goes when they are erased, and they see it among their data
   */
  public long send(Person person, MailAddress to, Text text) {
    return keep("mail", person, to.text(), text);
  }

  /** As {@link #print(Person, List, Text)}, to somebody who is not known further. */
  public long print(List<String> address, Text text) {
    return print(Person.ofRecord(OWN_KEY), address, text);
  }

  /**
   * Puts a letter into the print queue; returns its number.
   *
   * @param person whom it belongs to
   * @param address lines of the postal address, 2 to 6
   */
  public long print(Person person, List<String> address, Text text) {
    if (address.size() < 2 || address.size() > 6) {
      throw new IllegalArgumentException("The address has %d lines, expected 2 to 6.".formatted(address.size()));
    }
    return keep("letter", person, String.join("\n", address.stream().map(Messages::oneLine).toList()), text);
  }

  private long keep(String kind, Person person, String recipient, Text text) {
    var municipality = CurrentMunicipality.get();
    var language = text.language().getLanguage().equals("en") ? Locale.ENGLISH : Locale.GERMAN;
    var values = text.values().toArray();
    var subject = oneLine(words.getMessage("mail." + text.template() + ".subject", values, language));
    var body = words.getMessage("mail." + text.template() + ".text", values, language);
    return jdbc.sql("""
                    insert into outgoing_message (municipality_id, kind, template, language, person, words, reference,
                      message_id) values (?, ?, ?, ?, ?, ?, ?, ?) returning id
                    """).params(municipality.id(), kind, text.template(), language.getLanguage(), person.id(),
        sealed.seal(person, new SealedWords.Words(recipient, subject, body, text.link())), text.reference(),
        "<%s@%s>".formatted(UUID.randomUUID(), settings.domain())).query(Long.class).single();
  }

  /** What stands in a header or an address line stays one line, whoever wrote the values. */
  private static String oneLine(String text) {
    var line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return line.length() <= 300 ? line : line.substring(0, 299) + "…";
  }
}
