package de.citycloud.platform.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

class MailTest extends CityTest {
  private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static final FlakyServer FLAKY = start();
  private static int counter;

  @Autowired
  private Messages messages;
  @Autowired
  private Outbox outbox;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  private TransactionTemplate transaction;
  private Municipality town = new Municipality(0, "", "", 0, 0, false);

  private static FlakyServer start() {
    SERVER.start();
    try {
      return new FlakyServer(SERVER.getSmtp().getPort());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @DynamicPropertySource
  static void mailServer(DynamicPropertyRegistry properties) {
    properties.add("city.mail.host", () -> "127.0.0.1");
    properties.add("city.mail.port", FLAKY::port);
    properties.add("city.mail.security", () -> "none");
    properties.add("city.mail.from", () -> "noreply@stadt.example");
    properties.add("city.mail.first-pause", () -> "100ms");
    properties.add("city.mail.check-ms", () -> "50");
  }

  @AfterAll
  static void stop() throws Exception {
    FLAKY.close();
    SERVER.stop();
  }

  @BeforeEach
  void aTownOfItsOwn() {
    town = municipalities.ensure("mail-" + ++counter, "Poststadt", 9, 48, false);
  }

  private static Text text(Locale language, String... values) {
    return new Text("test", language, List.of(values), "https://stadt.example/x?a=1&b=2", "test 1");
  }

  @Test
  void aMailGoesOutInBothFormsAndInTheReadersLanguage() throws Exception {
    CurrentMunicipality.run(town, () -> {
      messages.send(new MailAddress("anna@post.example"), text(Locale.GERMAN, "<Jörg>"));
      messages.send(new MailAddress("ben@post.example"), text(Locale.ENGLISH, "Ben"));
    });
    var german = onlyMailTo("anna@post.example");
    assertThat(german.getSubject()).isEqualTo("Testnachricht <Jörg>");
    assertThat(german.getFrom()[0]).hasToString("noreply@stadt.example");
    assertThat(german.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    var parts = decoded(german);
    assertThat(parts).contains("Guten Tag <Jörg>,", "https://stadt.example/x?a=1&b=2", "Poststadt")
        .contains("Guten Tag &lt;Jörg&gt;,", "lang=\"de\"", "a=1&amp;b=2");
    assertThat(onlyMailTo("ben@post.example").getSubject()).isEqualTo("Test message Ben");
  }

  @Test
  void nothingLeavesIfTheCallerGivesUp() throws Exception {
    CurrentMunicipality.run(town, () -> {
      transaction.executeWithoutResult(running -> {
        messages.send(new MailAddress("never@post.example"), text(Locale.GERMAN, "x"));
        running.setRollbackOnly();
      });
      messages.send(new MailAddress("later@post.example"), text(Locale.GERMAN, "x"));
    });
    onlyMailTo("later@post.example");
    assertThat(mailsTo("never@post.example")).isEmpty();
  }

  @Test
  void aServerThatHangsUpGetsTheMailOnceAfterSomeTries() throws Exception {
    int before = FLAKY.dropped();
    FLAKY.dropNext(2);
    long id = CurrentMunicipality.call(town,
        () -> messages.send(new MailAddress("patient@post.example"), text(Locale.GERMAN, "x")));
    var mail = onlyMailTo("patient@post.example");
    assertThat(FLAKY.dropped() - before).isEqualTo(2);
    await(() -> state(id).equals("sent"));
    assertThat(mailsTo("patient@post.example")).hasSize(1);
    assertThat(mail.getMessageID()).isEqualTo(CurrentMunicipality.call(town, () -> outbox.find(id)).orElseThrow()
        .messageId());
  }

  /** The one moment in which a mail goes out twice: the server took it, we died before noting so. */
  @Test
  void afterACrashBetweenSendingAndNotingItGoesOutAgainUnderTheSameId() throws Exception {
    long id = CurrentMunicipality.call(town,
        () -> messages.send(new MailAddress("twice@post.example"), text(Locale.GERMAN, "x")));
    onlyMailTo("twice@post.example");
    await(() -> state(id).equals("sent"));
    CurrentMunicipality.run(town, () -> jdbc
        .sql("update outgoing_message set state = 'waiting', ended_at = null, claimed_until = now() where id = ?")
        .param(id).update());
    await(() -> mailsTo("twice@post.example").size() == 2);
    assertThat(mailsTo("twice@post.example")).extracting(MimeMessage::getMessageID)
        .containsOnly(mailsTo("twice@post.example").getFirst().getMessageID());
  }

  @Test
  void whatTheServerRefusesForGoodIsGivenUpAtOnceWithTheReason() throws Exception {
    var refusing = new Refusing();
    try (refusing) {
      var settings = new MailSettings("127.0.0.1", refusing.port(), MailSettings.Security.NONE, null, null, null,
          "noreply@stadt.example", Duration.ofMillis(10));
      var door = new MailDoor(settings, new MailTemplates(words, municipalities));
      var mail = new OutgoingMessage(town.id(), 1, "mail", "de", "gone@post.example", "Hallo", "Text", null, "x",
          "<1@stadt.example>", "waiting", java.time.Instant.now(), java.time.Instant.now(), 1, null, null);
      assertThat(door.send(mail)).isEqualTo(new MailDoor.Outcome.Refused("The mail server refused it with code 550."));
    }
  }

  @Autowired
  private org.springframework.context.MessageSource words;

  @ParameterizedTest
  @ValueSource(strings = {"a@b.example\r\nBcc: all@b.example", "a@b.example, c@d.example", "Anna <a@b.example>",
      "a@b.example\n", "a b@c.example", "@b.example", "a@", "a@b..example", "a@-b.example\u0000", "a@b.example;c",
      "\"x\r\ny\"@b.example", "a@[127.0.0.1]\t"})
  void whatIsMoreThanOneAddressIsRefused(String text) {
    assertThat(MailAddress.isValid(text)).isFalse();
    assertThatThrownBy(() -> new MailAddress(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("b.example");
  }

  @Test
  void aLineEndInAValueBeginsNoNewHeader() throws Exception {
    CurrentMunicipality.run(town, () -> messages.send(new MailAddress("header@post.example"),
        text(Locale.GERMAN, "x\r\nBcc: victim@post.example\r\n\r\nBody\u2028Y")));
    var mail = onlyMailTo("header@post.example");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getSubject()).isEqualTo("Testnachricht x Bcc: victim@post.example Body Y");
    assertThat(mailsTo("victim@post.example")).isEmpty();
  }

  @Test
  void readableMailToAnotherComputerIsRefusedAtTheStart() {
    assertThatThrownBy(() -> new MailSettings("192.0.2.7", 25, MailSettings.Security.NONE, null, null, (Path) null,
        "noreply@stadt.example", Duration.ofMinutes(1))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("city.mail.security").hasMessageContaining("starttls");
  }

  @Test
  void pausesGrowFromAMinuteToADay() {
    var clock = new MailClock(outbox, new MailDoor(settings(), new MailTemplates(words, municipalities)), settings());
    assertThat(java.util.stream.IntStream.rangeClosed(1, MailClock.TRIES).mapToObj(clock::pauseAfter).toList())
        .startsWith(Duration.ofMinutes(1), Duration.ofMinutes(4), Duration.ofMinutes(16)).endsWith(Duration.ofDays(1));
  }

  private static MailSettings settings() {
    return new MailSettings(null, 587, MailSettings.Security.STARTTLS, null, null, null, "noreply@stadt.example",
        Duration.ofMinutes(1));
  }

  private String state(long id) {
    return CurrentMunicipality.call(town, () -> outbox.find(id)).map(OutgoingMessage::state).orElse("gone");
  }

  private static MimeMessage onlyMailTo(String address) throws Exception {
    await(() -> !mailsTo(address).isEmpty());
    assertThat(mailsTo(address)).hasSize(1);
    return mailsTo(address).getFirst();
  }

  private static List<MimeMessage> mailsTo(String address) throws Exception {
    return Arrays.stream(SERVER.getReceivedMessages()).filter(mail -> {
      try {
        return mail.getAllRecipients()[0].toString().equals(address);
      } catch (jakarta.mail.MessagingException e) {
        throw new IllegalStateException(e);
      }
    }).toList();
  }

  private static String decoded(MimeMessage mail) throws Exception {
    var text = new StringBuilder();
    collect(mail, text);
    return text.toString();
  }

  private static void collect(jakarta.mail.Part part, StringBuilder text) throws Exception {
    if (part.getContent() instanceof jakarta.mail.Multipart several) {
      for (int i = 0; i < several.getCount(); i++) {
        collect(several.getBodyPart(i), text);
      }
    } else {
      text.append(part.getContent());
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  /** A server that knows no recipient. */
  private static final class Refusing implements AutoCloseable {
    private final java.net.ServerSocket door = new java.net.ServerSocket(0, 5,
        java.net.InetAddress.getLoopbackAddress());

    Refusing() throws java.io.IOException {
      Thread.ofVirtual().start(() -> {
        try (var client = door.accept()) {
          var in = new java.io.BufferedReader(
              new java.io.InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
          say(client, "220 mail.example ESMTP");
          for (var line = in.readLine(); line != null; line = in.readLine()) {
            say(client, line.startsWith("RCPT") ? "550 5.1.1 no such user" : "250 ok");
          }
        } catch (java.io.IOException e) {
          // the client has hung up
        }
      });
    }

    private static void say(java.net.Socket client, String line) throws java.io.IOException {
      var bytes = new ByteArrayOutputStream();
      bytes.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      client.getOutputStream().write(bytes.toByteArray());
    }

    int port() {
      return door.getLocalPort();
    }

    @Override
    public void close() throws java.io.IOException {
      door.close();
    }
  }
}
