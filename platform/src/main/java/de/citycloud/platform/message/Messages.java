package de.citycloud.platform.message;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Takes messages to people. They leave after the caller's transaction has ended well, and not at all otherwise. */
@Service
public class Messages {
  private final JdbcClient jdbc;
  private final MessageSource words;
  private final MailSettings settings;

  Messages(JdbcClient jdbc, MessageSource words, MailSettings settings) {
    this.jdbc = jdbc;
    this.words = words;
    this.settings = settings;
  }

  /** Sends a mail; returns its number. */
  public long send(MailAddress to, Text text) {
    return keep("mail", to.text(), text);
  }

  /**
   * Puts a letter into the print queue; returns its number.
   *
   * @param address lines of the postal address, 2 to 6
   */
  public long print(List<String> address, Text text) {
    if (address.size() < 2 || address.size() > 6) {
      throw new IllegalArgumentException("The address has %d lines, expected 2 to 6.".formatted(address.size()));
    }
    return keep("letter", String.join("\n", address.stream().map(Messages::oneLine).toList()), text);
  }

  private long keep(String kind, String recipient, Text text) {
    var municipality = CurrentMunicipality.get();
    var language = text.language().getLanguage().equals("en") ? Locale.ENGLISH : Locale.GERMAN;
    var values = text.values().toArray();
    var subject = oneLine(words.getMessage("mail." + text.template() + ".subject", values, language));
    var body = words.getMessage("mail." + text.template() + ".text", values, language);
    return jdbc.sql("""
                    insert into outgoing_message (municipality_id, kind, template, language, recipient, subject, body,
                      link, reference, message_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
                    """).param(municipality.id()).param(kind).param(text.template()).param(language.getLanguage())
        .param(recipient).param(subject).param(body).param(text.link()).param(text.reference())
        .param("<%s@%s>".formatted(UUID.randomUUID(), settings.domain())).query(Long.class).single();
  }

  /** What stands in a header or an address line stays one line, whoever wrote the values. */
  private static String oneLine(String text) {
    var line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return line.length() <= 300 ? line : line.substring(0, 299) + "…";
  }
}
