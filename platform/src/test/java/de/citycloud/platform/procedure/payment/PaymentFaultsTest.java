package de.citycloud.platform.procedure.payment;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Office;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.RealTown;
import de.citycloud.platform.procedure.Walk;
import de.citycloud.platform.procedure.casefile.CaseReference;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What goes wrong between a citizen, the city and a provider of payments: nobody pays twice, no money is lost. */
class PaymentFaultsTest extends CityTest {
  private static int counter;

  @Autowired
  private ApplicationContext program;
  @Autowired
  private Payments payments;
  @Autowired
  private PaymentStore store;
  @Autowired
  private TestProvider provider;
  @Autowired
  private CitizenCases cases;
  @Autowired
  private AuditLog audit;
  @Autowired
  private Offices offices;
  @Autowired
  private TransactionTemplate transaction;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @SuppressWarnings("NullAway.Init")
  private RealTown town;
  @SuppressWarnings("NullAway.Init")
  private PageVisitor citizen;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void aTownWithACitizen() {
    town = RealTown.ensure(program, port, "pay-" + ++counter, "bewohnerparkausweis");
    citizen = new PageVisitor(port);
    var office = town.procedure().office();
    CurrentMunicipality.run(town.municipality(), () -> offices.save(new Office(office.key(), office.name(), "", "",
        "amt@stadt.example", "")));
  }

  @AfterEach
  void leave() {
    citizen.close();
    http.close();
  }

  /** A case with an open fee, opened in the citizen's browser. @param reference of the case @param path of its page */
  private record Unpaid(String reference, String path) {}

  private Unpaid unpaid() throws Exception {
    var receipt = town.submit(town.answers(), null, true);
    var path = Walk.open(citizen, town.slug(), receipt);
    assertThat(citizen.get(path).body()).contains("noch nicht bezahlt", "Lieber eine Rechnung");
    return new Unpaid(receipt.reference(), path);
  }

  /** Presses the button; returns the provider's number. */
  private String begin(Unpaid unpaid) throws Exception {
    citizen.get(unpaid.path);
    return Walk.location(citizen.post(unpaid.path + "/pay", Map.of())).replaceFirst(".*/test-payment/", "");
  }

  private BigDecimal fee(String number) {
    return CurrentMunicipality.call(town.municipality(), () -> provider.find(number).orElseThrow().amount());
  }

  private HttpResponse<String> tell(String number, String state, BigDecimal amount) throws Exception {
    var body = "%s %s %s".formatted(number, state, amount.setScale(2));
    return tell(town.slug(), "test", body, CurrentMunicipality.call(town.municipality(),
        () -> provider.sign(body.getBytes(StandardCharsets.UTF_8))));
  }

  private HttpResponse<String> tell(String slug, String who, String body, String signature) throws Exception {
    var answer = http.send(HttpRequest
        .newBuilder(URI.create("http://127.0.0.1:%d/%s/payments/%s/notification".formatted(port, slug, who)))
        .header("X-Signature", signature).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
    return answer;
  }

  private List<String> states(String reference) {
    return JdbcClient.create(owner).sql("select state from payment where reference = ? order by started_at")
        .param(reference).query(String.class).list();
  }

  private List<String> events(String reference) {
    return JdbcClient.create(owner).sql("""
                                        select e.key from case_event e join case_file f on f.id = e.case_id
                                          and f.municipality_id = e.municipality_id
                                        where f.reference = ? order by e.id
                                        """).param(reference).query(String.class).list();
  }

  /** As if the last payments had begun and been asked about long ago. */
  private void letPass(Duration time) {
    JdbcClient.create(owner)
        .sql("""
             update payment set started_at = started_at - make_interval(secs => ?),
               asked_at = asked_at - make_interval(secs => ?) where municipality_id = ?
             """).params(time.toSeconds(), time.toSeconds(), town.municipality().id()).update();
  }

  private int ask() {
    return CurrentMunicipality.call(town.municipality(), payments::askOpen);
  }

  private int mails() {
    return JdbcClient.create(owner).sql("select count(*) from outgoing_message where municipality_id = ?")
        .param(town.municipality().id()).query(Integer.class).single();
  }

  @Test
  void aPaymentThatNeverAnswersIsGivenUpAndOnePaysAgainOrByInvoiceAndMoneyThatComesLateCounts() throws Exception {
    var unpaid = unpaid();
    var first = begin(unpaid);
    assertThat(begin(unpaid)).as("goes on with the open one").isEqualTo(first);
    letPass(Duration.ofHours(2));
    assertThat(ask()).isOne();
    assertThat(ask()).as("asked just now").isZero();
    assertThat(states(unpaid.reference)).containsExactly("OPEN");
    letPass(Duration.ofHours(23));
    ask();
    assertThat(states(unpaid.reference)).containsExactly("EXPIRED");
    assertThat(citizen.get(unpaid.path).body()).contains("nichts mehr gehört", "Jetzt zahlen", "Lieber eine Rechnung");
    var second = begin(unpaid);
    assertThat(second).isNotEqualTo(first);
    assertThat(tell(second, "FAILED", BigDecimal.ZERO).statusCode()).isEqualTo(204);
    assertThat(citizen.get(unpaid.path).body()).contains("hat nicht geklappt");
    var third = begin(unpaid);
    assertThat(Walk.location(citizen.post(unpaid.path + "/invoice", Map.of()))).isEqualTo(unpaid.path + "#payment");
    assertThat(citizen.get(unpaid.path).body()).contains("Sie bekommen eine Rechnung").doesNotContain("Jetzt zahlen");
    assertThat(states(unpaid.reference)).containsExactly("EXPIRED", "FAILED", "EXPIRED");
    assertThat(citizen.post(unpaid.path + "/pay", Map.of()).statusCode()).isEqualTo(302);
    assertThat(states(unpaid.reference)).as("no new one while an invoice comes").hasSize(3);

    assertThat(tell(first, "PAID", fee(first)).statusCode()).isEqualTo(204);
    assertThat(citizen.get(unpaid.path).body()).contains("Gebühr bezahlt").doesNotContain("Rechnung.");
    assertThat(states(unpaid.reference)).containsExactly("PAID", "FAILED", "EXPIRED");
    assertThat(tell(third, "PAID", fee(third)).statusCode()).isEqualTo(204);
    assertThat(states(unpaid.reference)).containsExactly("PAID", "FAILED", "REFUND");
    assertThat(events(unpaid.reference)).containsOnlyOnce("paid", "paid-again", "invoice-chosen");
    assertThat(citizen.get(unpaid.path).body()).contains("Noch einmal bezahlt");
  }

  @Test
  void whoComesBackFromAPaymentThatWasGivenUpIsToldThatItIsPaid() throws Exception {
    var unpaid = unpaid();
    var number = begin(unpaid);
    letPass(Duration.ofHours(25));
    ask();
    CurrentMunicipality.run(town.municipality(), () -> provider.end(number, PaymentProvider.State.PAID));
    assertThat(Walk.location(citizen.get(unpaid.path + "/payment"))).isEqualTo(unpaid.path + "#payment");
    assertThat(states(unpaid.reference)).containsExactly("PAID");
  }

  @Test
  void anotherAmountIsToldOnceAndWaitsForAPersonWhoSaysWhatBecomesOfIt() throws Exception {
    var unpaid = unpaid();
    var number = begin(unpaid);
    int before = mails();
    for (int i = 0; i < 3; i++) {
      assertThat(tell(number, "PAID", new BigDecimal("1.00")).statusCode()).isEqualTo(204);
    }
    letPass(Duration.ofDays(3));
    assertThat(ask()).as("asked no more").isZero();
    assertThat(states(unpaid.reference)).containsExactly("CHECK");
    assertThat(events(unpaid.reference)).containsOnlyOnce("payment-differs").doesNotContain("paid");
    assertThat(mails() - before).as("one to the office, one to the applicant").isEqualTo(2);
    assertThat(citizen.get(unpaid.path).body()).contains("anderer Betrag").doesNotContain("Jetzt zahlen");
    citizen.post(unpaid.path + "/pay", Map.of());
    citizen.post(unpaid.path + "/invoice", Map.of());
    assertThat(states(unpaid.reference)).containsExactly("CHECK");

    var list = "/" + town.slug() + "/desk/payments";
    town.account("anna", Role.CASEWORKER, town.procedure().office().key());
    town.account("fritz", Role.CASEWORKER, "steueramt");
    try (var anna = town.signedIn("anna"); var fritz = town.signedIn("fritz")) {
      var page = anna.get(list).body();
      assertThat(page).contains(unpaid.reference, "1,00 €", "Gebühr ist damit bezahlt");
      assertThat(anna.get("/" + town.slug() + "/desk/" + unpaid.reference).body()).contains(
          "anderer Betrag eingegangen", "Zahlungen klären");
      assertThat(fritz.get(list).body()).doesNotContain(unpaid.reference);
      var clear = page.replaceFirst("(?s).*action=\"(" + list + "/[0-9a-f-]{36})\".*", "$1");
      assertThat(fritz.post(clear, Map.of("how", "counts")).statusCode()).isEqualTo(404);
      assertThat(anna.post(clear, Map.of("how", "x")).statusCode()).isEqualTo(409);
      assertThat(anna.post(clear, Map.of("how", "returned")).statusCode()).isEqualTo(302);
      assertThat(anna.post(clear, Map.of("how", "returned")).statusCode()).isEqualTo(409);
      assertThat(anna.get(list).body()).contains("Nichts zu klären").doesNotContain(unpaid.reference);
    }
    assertThat(citizen.get(unpaid.path).body()).contains("Jetzt zahlen", "Betrag zurückgezahlt");
    var again = begin(unpaid);
    tell(again, "PAID", fee(again));
    assertThat(states(unpaid.reference)).containsExactly("RETURNED", "PAID");
  }

  @Test
  void theProviderIsBelievedOnlyWhatItSignedForThisTownAboutAPaymentOfOurs() throws Exception {
    var unpaid = unpaid();
    var number = begin(unpaid);
    var body = "%s PAID %s".formatted(number, fee(number).setScale(2));
    var right = CurrentMunicipality.call(town.municipality(),
        () -> provider.sign(body.getBytes(StandardCharsets.UTF_8)));
    var elsewhere = RealTown.ensure(program, port, "pay-other", "bewohnerparkausweis");
    var foreign = "%s PAID 1.00".formatted("0".repeat(32));
    var unknown = CurrentMunicipality.call(town.municipality(),
        () -> provider.sign(foreign.getBytes(StandardCharsets.UTF_8)));
    for (var forged : List.of(List.of(town.slug(), "test", body, ""), List.of(town.slug(), "test", body, "00"),
        List.of(town.slug(), "test", body, "ä".repeat(3000).replace("ä", "e")),
        List.of(town.slug(), "test", body, right.substring(1) + "0"), List.of(town.slug(), "test", body + "0", right),
        List.of(town.slug(), "test", body.replace("PAID", "FAILED"), right), List.of(town.slug(), "test", "", right),
        List.of(town.slug(), "test", "x".repeat(20_000), right), List.of(town.slug(), "no-such", body, right),
        List.of(elsewhere.slug(), "test", body, right), List.of(town.slug(), "test", foreign, unknown))) {
      assertThat(tell(forged.get(0), forged.get(1), forged.get(2), forged.get(3)).statusCode()).as(forged.toString())
          .isEqualTo(403);
    }
    assertThat(states(unpaid.reference)).containsExactly("OPEN");
    assertThat(tell(town.slug(), "test", body, right).statusCode()).as("the right one, by the same way")
        .isEqualTo(204);
    assertThat(states(unpaid.reference)).containsExactly("PAID");
  }

  @Test
  void whatIsToldEightTimesAtOnceCountsOnceAndSoDoesTheButton() throws Exception {
    var unpaid = unpaid();
    citizen.get(unpaid.path);
    var addresses = atOnce(8, () -> Walk.location(citizen.post(unpaid.path + "/pay", Map.of())));
    assertThat(addresses).as("all lead to the one payment").hasSize(8).containsOnly(addresses.getFirst());
    assertThat(states(unpaid.reference)).containsExactly("OPEN");
    var number = addresses.getFirst().replaceFirst(".*/test-payment/", "");
    var fee = fee(number);
    assertThat(atOnce(8, () -> tell(number, "PAID", fee).statusCode())).containsOnly(204);
    assertThat(tell(number, "FAILED", BigDecimal.ZERO).statusCode()).isEqualTo(204);
    assertThat(states(unpaid.reference)).containsExactly("PAID");
    assertThat(events(unpaid.reference)).containsOnlyOnce("paid").doesNotContain("paid-again");
    assertThat(JdbcClient.create(owner).sql("select count(*) from audit_entry where action = 'payment.paid' "
        + "and object = ?").param("case " + unpaid.reference).query(Integer.class).single()).isOne();
  }

  private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(times)) {
      var results = new ArrayList<T>();
      for (var one : threads.invokeAll(java.util.Collections.nCopies(times, work))) {
        results.add(one.get());
      }
      return results;
    }
  }

  @Test
  void moneyForACaseThatWasWithdrawnIsToBePaidBackByAPerson() throws Exception {
    var unpaid = unpaid();
    var number = begin(unpaid);
    citizen.get(unpaid.path + "/withdrawal");
    assertThat(citizen.post(unpaid.path + "/withdrawal", Map.of()).statusCode()).isEqualTo(302);
    assertThat(citizen.get(unpaid.path).body()).contains("nicht mehr zu zahlen");
    var fee = fee(number);
    assertThat(atOnce(4, () -> tell(number, "PAID", fee).statusCode())).containsOnly(204);
    assertThat(states(unpaid.reference)).containsExactly("REFUND");
    assertThat(events(unpaid.reference)).containsOnlyOnce("payment-not-owed").doesNotContain("paid");
    assertThat(citizen.get(unpaid.path).body()).contains("Sie bekommen das Geld zurück");
    town.account("anna", Role.CASEWORKER, town.procedure().office().key());
    try (var anna = town.signedIn("anna")) {
      var list = "/" + town.slug() + "/desk/payments";
      var page = anna.get(list).body();
      assertThat(page).contains(unpaid.reference, "zurückzuzahlen").doesNotContain("Gebühr ist damit bezahlt");
      assertThat(anna.get("/" + town.slug() + "/desk/" + unpaid.reference).body()).contains("zurückzuzahlen");
      var clear = page.replaceFirst("(?s).*action=\"(" + list + "/[0-9a-f-]{36})\".*", "$1");
      assertThat(anna.post(clear, Map.of("how", "counts")).statusCode()).as("nothing is owed").isEqualTo(409);
      assertThat(anna.post(clear, Map.of("how", "returned")).statusCode()).isEqualTo(302);
    }
    assertThat(states(unpaid.reference)).containsExactly("RETURNED");
    assertThat(citizen.get(unpaid.path).body()).contains("nicht mehr zu zahlen", "Betrag zurückgezahlt");
  }

  @Test
  void aProviderThatIsDownBeginsNothingAndIsGivenUpAfterADayToo() throws Exception {
    var unpaid = unpaid();
    var reference = new CaseReference(unpaid.reference);
    var down = (PaymentProvider) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[]{PaymentProvider.class}, (self, method, arguments) -> switch (method.getName()) {
          case "key" -> TestProvider.KEY;
          case "isOffered" -> true;
          default -> throw new IllegalStateException("down");
        });
    var withoutLuck = new Payments(store, List.of(down), cases, audit, transaction);
    CurrentMunicipality.run(town.municipality(), () -> assertThat(org.assertj.core.api.Assertions.catchThrowable(
        () -> withoutLuck.start(reference, BigDecimal.TEN, "/", Locale.GERMAN)))
        .isInstanceOfSatisfying(CityProblem.class, p -> assertThat(p.slug()).isEqualTo("payment-unreachable")));
    assertThat(states(unpaid.reference)).isEmpty();
    begin(unpaid);
    letPass(Duration.ofHours(25));
    CurrentMunicipality.run(town.municipality(), () -> {
      assertThat(withoutLuck.askOpen()).isOne();
      assertThat(withoutLuck.take(TestProvider.KEY, new byte[3], "x")).isFalse();
    });
    assertThat(states(unpaid.reference)).containsExactly("EXPIRED");
  }
}
