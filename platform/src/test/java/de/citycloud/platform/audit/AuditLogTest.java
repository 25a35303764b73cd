package de.citycloud.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class AuditLogTest extends CityTest {
  @Autowired
  private AuditLog log;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private TransactionTemplate transaction;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @Test
  void anEntryBelongsToTheTransactionOfItsAction() {
    var town = municipalities.ensure("audit-together", "Protokollstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      transaction.executeWithoutResult(running -> {
        log.record(AuditEntry.of("test.undone", "thing 1"));
        running.setRollbackOnly();
      });
      log.record(AuditEntry.of("test.done", "thing 2").forPurpose("Prüfung").with("b", 2).with("a", "\"ä\""));
    });
    assertThat(records(town)).singleElement().satisfies(entry -> {
      assertThat(entry.seq()).isOne();
      assertThat(entry.action()).isEqualTo("test.done");
      assertThat(entry.actor()).isEqualTo("program:background");
      assertThat(entry.details()).isEqualTo("{\"a\":\"\\\"ä\\\"\",\"b\":\"2\"}");
      assertThat(entry.previous()).isEqualTo("0".repeat(64));
    });
  }

  @Test
  void manyWritersMakeOneChainWithoutGapsAndEachMunicipalityHasItsOwn() throws Exception {
    var here = municipalities.ensure("audit-many", "Vielstadt", 9, 48, false);
    var there = municipalities.ensure("audit-other", "Anderstadt", 9, 48, false);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = IntStream.range(0, 40).<Callable<Boolean>>mapToObj(i -> () -> {
        CurrentMunicipality.run(i % 4 == 0 ? there : here, () -> log.record(AuditEntry.of("test.done", "thing " + i)));
        return true;
      }).toList();
      for (Future<Boolean> done : threads.invokeAll(writers)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertChain(records(here), 30);
    assertChain(records(there), 10);
  }

  private static void assertChain(List<AuditRecord> records, int count) {
    assertThat(records).extracting(AuditRecord::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
    assertThat(records).isSortedAccordingTo(java.util.Comparator.comparing(AuditRecord::at));
    for (int i = 1; i < records.size(); i++) {
      assertThat(records.get(i).previous()).isEqualTo(records.get(i - 1).hash());
    }
  }

  @Test
  void theApplicationCanOnlyAppendAndEvenTheOwnerCannotChangeByMistake() {
    var town = municipalities.ensure("audit-fixed", "Feststadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      log.record(AuditEntry.of("test.done", "thing 1"));
      for (var statement : List.of("update audit_entry set object = 'x'", "delete from audit_entry",
          "truncate audit_entry", "update audit_head set seq = 0", "delete from audit_head",
          "insert into audit_head values (%d, 9, decode(repeat('00', 32), 'hex'))".formatted(town.id()))) {
        assertThatThrownBy(() -> jdbc.sql(statement).update()).as(statement).isInstanceOf(DataAccessException.class)
            .rootCause().hasMessageContaining("permission denied");
      }
    });
    for (var statement : List.of("update audit_entry set object = 'x'", "delete from audit_entry",
        "truncate audit_entry", "delete from audit_head", "truncate audit_head")) {
      assertThatThrownBy(() -> JdbcClient.create(owner).sql(statement).update()).as(statement)
          .isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("only grows");
    }
  }

  @Test
  void whatIsNoEntryIsRefusedBeforeItIsWritten() {
    assertThatThrownBy(() -> AuditEntry.of("Key Created", "key 1")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Key Created").hasMessageContaining("key.created");
    assertThatThrownBy(() -> AuditEntry.of("key.created", "x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("201");
    assertThatThrownBy(() -> log.record(AuditEntry.of("key.created", "key 1"))).as("outside of any municipality")
        .isInstanceOf(DataAccessException.class);
  }

  private List<AuditRecord> records(Municipality town) {
    var all = new ArrayList<AuditRecord>();
    CurrentMunicipality.run(town, () -> new AuditRecords(jdbc).forEach(all::add));
    return all;
  }
}
