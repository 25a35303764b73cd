package de.citycloud.platform.procedure.payment;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.PersonCipher;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes no money: a provider to try everything with, only in municipalities of the demo. Its page lets one pay, fail,
 * answer twice, or never answer.
 */
@Component
class TestProvider implements PaymentProvider {
  static final String KEY = "test";
  private static final Pattern BODY = Pattern.compile("([0-9a-f]{32}) (PAID|FAILED) (\\d{1,7}\\.\\d\\d)");

  private final JdbcClient jdbc;
  private final PersonCipher cipher;

  TestProvider(JdbcClient jdbc, PersonCipher cipher) {
    this.jdbc = jdbc;
    this.cipher = cipher;
  }

  /** What its page shows. @param back address to return to */
  record Ordered(String reference, BigDecimal amount, String purpose, String back, State state) {}

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public boolean isOffered() {
    return CurrentMunicipality.get().demo();
  }

  @Override
  public Started start(Order order) {
    var reference = UUID.randomUUID().toString().replace("-", "");
    jdbc.sql("""
             insert into test_payment (municipality_id, reference, amount, purpose, back, state)
             values (?, ?, ?, ?, ?, 'OPEN')
             """).params(CurrentMunicipality.get().id(), reference, order.amount(), order.purpose(), order.back())
        .update();
    return new Started(reference, "/" + CurrentMunicipality.get().slug() + "/test-payment/" + reference);
  }

  Optional<Ordered> find(String reference) {
    return jdbc.sql("select * from test_payment where reference = ?").param(reference).query(
        (row, number) -> new Ordered(reference, row.getBigDecimal("amount"), row.getString("purpose"),
            row.getString("back"), State.valueOf(row.getString("state"))))
        .optional();
  }

  /** Ends an open payment as somebody chose on the page. */
  void end(String reference, State state) {
    jdbc.sql("update test_payment set state = ? where reference = ? and state = 'OPEN'").param(state.name())
        .param(reference).update();
  }

  @Override
  public Optional<Standing> ask(String reference) {
    return find(reference).map(ordered -> new Standing(reference, ordered.state,
        ordered.state == State.PAID ? ordered.amount : BigDecimal.ZERO));
  }

  /** The body of a notification: reference, state and amount in euros. */
  static byte[] body(Ordered ordered) {
    return "%s %s %s".formatted(ordered.reference, ordered.state, ordered.amount.setScale(2).toPlainString())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Signs as a real provider would, with a secret that it shares with this municipality. */
  String sign(byte[] body) {
    return HexFormat.of().formatHex(cipher.hash("payment.test", new String(body, StandardCharsets.UTF_8)));
  }

  @Override
  public Optional<Standing> read(byte[] body, String signature) {
    var given = signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    if (body.length > 200 || !MessageDigest.isEqual(sign(body).getBytes(StandardCharsets.UTF_8), given)) {
      return Optional.empty();
    }
    var match = BODY.matcher(new String(body, StandardCharsets.UTF_8));
    return match.matches()
        ? Optional.of(new Standing(match.group(1), State.valueOf(match.group(2)), new BigDecimal(match.group(3))))
        : Optional.empty();
  }
}
