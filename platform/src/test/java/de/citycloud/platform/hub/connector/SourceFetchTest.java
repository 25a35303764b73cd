package de.citycloud.platform.hub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import de.citycloud.platform.CityTest;
import de.citycloud.platform.guard.OutgoingDoor;
import de.citycloud.platform.hub.NewSource;
import de.citycloud.platform.hub.SourceStatus;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SourceFetchTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private SourceTable table;
  @Autowired
  private SourceIntake intake;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  private PlatformTransactionManager transactions;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int status = 200;
  private volatile String type = "text/csv";
  private @Nullable HttpServer server;
  private Municipality town;

  @BeforeEach
  void start() throws IOException {
    town = municipalities.ensure("fetch-town", "Abrufstadt", 9.19, 48.9, false);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      calls.incrementAndGet();
      var known = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
      var body = "id,zeit,co2\nA,2026-05-01T10:00:00Z,500\n".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("ETag", "\"v1\"");
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(status == 200 && known ? 304 : status, status == 200 && known ? -1 : body.length);
      if (!(status == 200 && known)) {
        exchange.getResponseBody().write(body);
      }
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void anAnswerIsReadOnceAndThenAskedForOnlyIfItIsNew() {
    var source = connect("fetched");
    var fetch = fetch();
    assertThat(CurrentMunicipality.call(town, () -> fetch.fetch(source)).observations()).isOne();
    assertThat(CurrentMunicipality.call(town, () -> fetch.fetch(source)).observations()).isZero();
    assertThat(calls).hasValue(2);
    assertThat(status("fetched").state()).isEqualTo(SourceStatus.State.OK);
    assertThat(status("fetched").observations()).isOne();
  }

  @Test
  void aFailureIsTriedAgainNotedAndTheHostThenLeftAlone() {
    status = 503;
    var source = connect("failing");
    var fetch = fetch();
    assertThatThrownBy(() -> CurrentMunicipality.call(town, () -> fetch.fetch(source))).isInstanceOf(CityProblem.class)
        .hasMessageContaining("503");
    assertThat(calls).hasValue(3);
    assertThat(status("failing").state()).isEqualTo(SourceStatus.State.FAILED);
    assertThatThrownBy(() -> CurrentMunicipality.call(town, () -> fetch.fetch(source))).isInstanceOf(CityProblem.class);
    assertThatThrownBy(() -> CurrentMunicipality.call(town, () -> fetch.fetch(source))).isInstanceOf(CityProblem.class)
        .hasMessageContaining("left alone");
    assertThat(calls).as("five failures open the circuit").hasValue(5);
  }

  @Test
  void aWebPageInsteadOfDataIsRefusedWithAdvice() {
    type = "text/html; charset=utf-8";
    var source = connect("page");
    assertThatThrownBy(() -> CurrentMunicipality.call(town, () -> fetch().fetch(source)))
        .isInstanceOf(CityProblem.class).hasMessageContaining("web page");
    assertThat(calls).hasValue(1);
  }

  /** Many nodes ask at once; each due source goes to one of them. */
  @Test
  void aDueSourceIsHandedToOneNodeOnly() {
    CurrentMunicipality.call(town, () -> {
      for (int i = 0; i < 10; i++) {
        save("due-" + i);
      }
      return jdbc.sql(
          "update source_state set next_run_at = now() - interval '1 hour', claimed_until = null where source_id in (select id from source where key like 'due-%')")
          .update();
    });
    var claimed = java.util.stream.IntStream.range(0, 8).parallel().boxed()
        .flatMap(node -> jdbc.sql("select municipality_id, source_id from claim_due_sources(?, 5, 600)")
            .param("node " + node).query((row, n) -> row.getInt(1) + "/" + row.getInt(2)).list().stream())
        .filter(one -> one.startsWith(town.id() + "/")).toList();
    assertThat(claimed).doesNotHaveDuplicates();
    assertThat(jdbc.sql("select count(*) from claim_due_sources('late', 100, 600)").query(Integer.class).single())
        .isZero();
  }

  private SourceFetch fetch() {
    return new SourceFetch(new OutgoingDoor(List.of("127.0.0.1:" + port())), intake, table);
  }

  private int port() {
    return server == null ? 0 : server.getAddress().getPort();
  }

  private SourceRow connect(String key) {
    return CurrentMunicipality.call(town, () -> {
      // in one transaction, so that the test fetches it and not the clock
      new TransactionTemplate(transactions).executeWithoutResult(open -> {
        save(key);
        jdbc.sql("update source_state set next_run_at = null where source_id in (select id from source where key = ?)")
            .param(key).update();
      });
      return table.find(key).orElseThrow();
    });
  }

  private void save(String key) {
    table.save(new NewSource(key, "csv", "Quelle " + key, List.of("http://127.0.0.1:" + port() + "/" + key),
        Duration.ofHours(1), null, null, null));
  }

  private SourceStatus status(String key) {
    return CurrentMunicipality.call(town, () -> table.findStatus(key)).orElseThrow();
  }
}
