package de.citycloud.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void theServerSurvivesWhatAKilledProgramLeavesBehind() throws Exception {
    var data = folder.resolve("Daten der Stadt mit Leerzeichen");
    long foreign = ProcessHandle.current().pid();
    long orphan;
    try (var first = EmbeddedPostgres.start(data)) {
      orphan = first.pid();
      execute(first, "create table kept as select 42 as answer");
      assertThat(show(first, "fsync")).isEqualTo("on");
      assertThat(show(first, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThatThrownBy(() -> EmbeddedPostgres.start(data)).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another running program").hasMessageContaining("--data");
      assertThat(EmbeddedPostgres.findRunning(data).orElseThrow().url()).isEqualTo(first.access().url());
      first.abandon();
    }
    assertThat(ProcessHandle.of(orphan)).as("the orphan still runs").isPresent();

    try (var second = EmbeddedPostgres.start(data)) {
      assertThat(ProcessHandle.of(orphan)).as("the orphan was stopped").isEmpty();
      assertThat(ask(second, "select answer from kept")).isEqualTo("42");
    }
    assertThat(EmbeddedPostgres.findRunning(data)).isEmpty();

    var notes = data.resolve("postgresql/cluster/postmaster.pid");
    Files.writeString(notes, foreign + "\n" + data + "\n0\n5432\n");
    try (var third = EmbeddedPostgres.start(data)) {
      assertThat(ask(third, "select answer from kept")).as("with the process id of somebody else in the notes")
          .isEqualTo("42");
    }
  }

  @Test
  void aServerThatIsKilledAsAWholeRecoversFromItsLog() throws Exception {
    var data = folder.resolve("killed");
    try (var first = EmbeddedPostgres.start(data)) {
      execute(first, "create table kept as select 42 as answer");
      var server = ProcessHandle.of(first.pid()).orElseThrow();
      var all = java.util.stream.Stream.concat(server.children(), java.util.stream.Stream.of(server)).toList();
      all.forEach(ProcessHandle::destroyForcibly);
      server.onExit().get(30, TimeUnit.SECONDS);
      first.abandon();
    }
    try (var second = EmbeddedPostgres.start(data)) {
      assertThat(ask(second, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void secretsAreForTheOwnerAloneAndNotInTheProcessList() throws Exception {
    var data = folder.resolve("secret");
    try (var server = EmbeddedPostgres.start(data)) {
      var secret = Files.readString(data.resolve("postgresql/secret-owner")).strip();
      assertThat(secret).hasSize(48);
      assertThat(Files.getPosixFilePermissions(data.resolve("postgresql/secret-owner"))).hasSize(2);
      var words = ProcessHandle.of(server.pid()).orElseThrow().info().arguments().orElse(new String[0]);
      assertThat(Arrays.toString(words)).doesNotContain(secret);
      assertThat(server.access().toString()).doesNotContain(secret);
    }
  }

  private static void execute(EmbeddedPostgres server, String sql) throws Exception {
    try (var connection = DriverManager.getConnection(server.access().url(), server.access().owner(),
        server.access().ownerPassword()); var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String show(EmbeddedPostgres server, String setting) throws Exception {
    return ask(server, "select current_setting('" + setting + "')");
  }

  private static String ask(EmbeddedPostgres server, String sql) throws Exception {
    try (var connection = DriverManager.getConnection(server.access().url(), server.access().owner(),
        server.access().ownerPassword());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
