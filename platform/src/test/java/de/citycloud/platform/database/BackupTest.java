package de.citycloud.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path folder;
  private Path backup = Path.of("");
  private Map<String, String> rows = Map.of();

  @BeforeAll
  void backUpACityWhileItsProgramRuns() throws Exception {
    backup = folder.resolve("backup of today.zip");
    var data = data("the old city");
    try (var running = EmbeddedPostgres.start(data.data())) {
      StoreVisit.migrations(running.access()).load().migrate();
      var jdbc = owner(running.access());
      fill(jdbc);
      Backup.write(data, backup);
      rows = rowsOf(jdbc);
    }
    assertThat(rows).containsKeys("public.observation_2026_02", "public.thing");
  }

  @Test
  void aRestoredStoreHoldsTheSameRowsAndPartitionsAndGoesOnCounting() throws Exception {
    var data = data("the new city");

    var summary = Restore.read(data, backup, false);

    assertThat(summary.rows()).isGreaterThan(1_000);
    try (var store = StoreVisit.open(data)) {
      var jdbc = owner(store.access());
      assertThat(rowsOf(jdbc)).isEqualTo(rows);
      assertThat(jdbc.sql("insert into thing (municipality_id, name, description) values (1, 'next', '') returning id")
          .query(Integer.class).single()).isEqualTo(101);
      assertThat(jdbc.sql("select relrowsecurity from pg_class where relname = 'observation_2026_02'")
          .query(Boolean.class).single()).isTrue();
      jdbc.sql("delete from datastream").update();
      assertThat(jdbc.sql("select count(*) from observation").query(Long.class).single())
          .as("triggers fire again, so Observations went with their Datastream").isZero();
    }
    assertThatThrownBy(() -> Restore.read(data, backup, false)).hasMessageContaining("already holds")
        .hasMessageContaining("--force");
    Restore.read(data, backup, true);
    try (var store = StoreVisit.open(data)) {
      assertThat(rowsOf(owner(store.access()))).as("after --force over other rows").isEqualTo(rows);
    }
  }

  @Test
  void aRunningProgramIsNotOverwritten() {
    var data = data("the busy city");
    try (var running = EmbeddedPostgres.start(data.data())) {
      assertThat(running.pid()).isPositive();
      assertThatThrownBy(() -> Restore.read(data, backup, true)).hasMessageContaining("A program runs on");
    }
  }

  @Test
  void aDamagedFileIsRefusedByNameBeforeAnythingIsWritten() throws Exception {
    var data = data("the untouched city");
    var entry = "tables/public.thing.copy";
    var flipped = folder.resolve("flipped.zip");
    Files.copy(backup, flipped);
    flipAByteOf(entry, flipped);
    assertThatThrownBy(() -> Restore.read(data, flipped, false)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("flipped.zip").hasMessageContaining("public.thing");

    var cut = folder.resolve("cut.zip");
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(backup), (int) Files.size(backup) / 2));
    assertThatThrownBy(() -> Restore.read(data, cut, false)).hasMessageContaining("cut.zip")
        .hasMessageContaining("damaged");
    assertThat(data.data()).as("no store was made").doesNotExist();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Restore.read(data("nowhere"), folder.resolve("none.zip"), false))
        .hasMessageContaining("none.zip");
  }

  private static DatabaseProperties data(String name) {
    return new DatabaseProperties(folder.resolve(name), null, "", "", "", "", 4);
  }

  private static JdbcClient owner(DatabaseAccess access) {
    return JdbcClient.create(new DriverManagerDataSource(access.url(), access.owner(), access.ownerPassword()));
  }

  private static void fill(JdbcClient jdbc) {
    jdbc.sql(
        """
        insert into municipality (slug, name, longitude, latitude) values ('here', 'Hier', 9, 48), ('there', 'Dort', 9, 48);
        create table observation_2026_02 partition of observation for values from ('2026-02-01') to ('2026-03-01');
        call wall('observation_2026_02');
        insert into thing (municipality_id, name, description, properties)
          select 1 + i % 2, E'Tab\\t, Zeile\\n, \\\\ und ü ' || i, '', jsonb_build_object('kind', 'air')
          from generate_series(1, 100) i;
        insert into sensor (municipality_id, name, description, encoding_type, metadata) values (1, 's', '', '', '1');
        insert into observed_property (municipality_id, name, definition, description) values (1, 'p', '', '');
        insert into datastream (municipality_id, thing_id, sensor_id, observed_property_id, name, description,
            observation_type, unit) values (1, 2, 1, 1, 'd', '', '', '{}');
        insert into observation (municipality_id, datastream_id, phenomenon_time, result, details)
          select 1, 1, timestamptz '2026-02-20' + i * interval '17 minutes', i / 3e0, case when i % 7 = 0 then '{}'::jsonb end
          from generate_series(1, 1000) i;
        """)
        .update();
  }

  /** Number and checksum of the rows of every table. */
  private static Map<String, String> rowsOf(JdbcClient jdbc) {
    var all = new TreeMap<String, String>();
    for (var table : jdbc.sql("select schemaname || '.' || tablename from pg_tables where schemaname = 'public'")
        .query(String.class).list()) {
      if (!table.endsWith("flyway_schema_history")) {
        all.put(table,
            jdbc.sql("select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from "
                + table + " t").query(String.class).single());
      }
    }
    return all;
  }

  private static void flipAByteOf(String entry, Path file) throws IOException {
    long position;
    try (var zip = new ZipFile(file.toFile())) {
      assertThat(zip.getEntry(entry)).isNotNull();
    }
    var bytes = Files.readAllBytes(file);
    position = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(entry) + entry.length() + 40;
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[]{(byte) ~bytes[(int) position]}), position);
    }
  }
}
