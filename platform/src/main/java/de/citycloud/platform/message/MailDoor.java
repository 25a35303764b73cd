package de.citycloud.platform.message;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Hands one mail to the server; waits for nothing longer than {@value #PATIENCE_MS} ms. */
@Component
class MailDoor {
  private static final int PATIENCE_MS = 10_000;

  private final MailSettings settings;
  private final MailTemplates templates;
  private final Properties properties = new Properties();

  MailDoor(MailSettings settings, MailTemplates templates) {
    this.settings = settings;
    this.templates = templates;
    for (var what : new String[]{"connectiontimeout", "timeout", "writetimeout"}) {
      properties.put("mail.smtp." + what, Integer.toString(PATIENCE_MS));
    }
    var security = settings.security();
    properties.put("mail.smtp.starttls.enable", Boolean.toString(security == MailSettings.Security.STARTTLS));
    properties.put("mail.smtp.starttls.required", Boolean.toString(security == MailSettings.Security.STARTTLS));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(security == MailSettings.Security.TLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    properties.put("mail.smtp.auth", Boolean.toString(settings.user() != null));
    properties.put("mail.smtp.allow8bitmime", "true");
  }

  /** True if there is a server to send to. */
  boolean isOpen() {
    return settings.host() != null;
  }

  /** What came of it. */
  sealed interface Outcome {
    /** The server took it. */
    record Taken() implements Outcome {}

    /** It will never take it. */
    record Refused(String reason) implements Outcome {}

    /** Not now. */
    record Later(String reason) implements Outcome {}
  }

  Outcome send(OutgoingMessage mail) {
    try {
      var session = Session.getInstance(properties);
      var message = new OwnId(session, mail.messageId());
      var helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
      helper.setTo(new MailAddress(mail.recipient()).text());
      helper.setFrom(settings.from());
      helper.setSubject(mail.subject());
      helper.setText(templates.plain(mail), templates.html(mail));
      message.setHeader("Auto-Submitted", "auto-generated");
      sender(session).send(message);
      return new Outcome.Taken();
    } catch (MessagingException | IllegalArgumentException e) {
      return new Outcome.Refused("The mail cannot be written: " + e.getClass().getSimpleName());
    } catch (org.springframework.mail.MailException e) {
      return outcomeOf(e);
    }
  }

  private JavaMailSenderImpl sender(Session session) {
    var sender = new JavaMailSenderImpl();
    sender.setSession(session);
    sender.setProtocol("smtp");
    sender.setHost(Objects.requireNonNull(settings.host()));
    sender.setPort(settings.port());
    if (settings.user() != null) {
      sender.setUsername(settings.user());
      sender.setPassword(settings.secret());
    }
    return sender;
  }

  /** A reply of 5xx to the address or the text is final, all else is worth another try. Says no address. */
  private static Outcome outcomeOf(org.springframework.mail.MailException failure) {
    Throwable first = failure instanceof org.springframework.mail.MailSendException several
        && !several.getFailedMessages().isEmpty() ? several.getFailedMessages().values().iterator().next() : failure;
    Throwable cause = first;
    while (cause != null) {
      int code = cause instanceof SMTPAddressFailedException address
          ? address.getReturnCode()
          : cause instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
      if (code >= 500) {
        return new Outcome.Refused("The mail server refused it with code %d.".formatted(code));
      }
      if (code >= 400) {
        return new Outcome.Later("The mail server asks to wait, code %d.".formatted(code));
      }
      cause = cause instanceof SendFailedException send && send.getNextException() != null
          ? send.getNextException()
          : cause.getCause();
    }
    return new Outcome.Later(failure instanceof org.springframework.mail.MailAuthenticationException
        ? "The mail server does not accept our name and password."
        : "The mail server could not be reached or ended the connection.");
  }

  /** A message that keeps its id at every try, so that a receiver can see that it is the same. */
  private static final class OwnId extends MimeMessage {
    private final String id;

    OwnId(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
