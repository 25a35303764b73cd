package de.citycloud.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.SmartCityCloud;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL that belongs to somebody else: no superuser, roles and database made by its administrator. */
class ExternalDatabaseTest {
  @TempDir
  private Path folder;

  @Test
  void oneAddressReplacesTheEmbeddedServerAndTheWallStands() throws Exception {
    try (var server = EmbeddedPostgres.start(folder.resolve("server"))) {
      var url = server.access().url();
      try (var connection = DriverManager.getConnection(url, server.access().owner(), server.access().ownerPassword());
          var statement = connection.createStatement()) {
        statement.execute("create role city_owner login password 'owner-secret'");
        statement.execute("create role city_application login password 'application-secret'");
        statement.execute("create database city owner city_owner");
      }
      try (var city = new SpringApplicationBuilder(SmartCityCloud.class).run(
          "--city.database.url=" + url.replaceAll("/postgres$", "/city"), "--city.database.owner-password=owner-secret",
          "--city.database.application=city_application", "--city.database.application-password=application-secret",
          "--city.database.data=" + folder.resolve("program"), "--city.mqtt.port=0", "--server.port=0",
          "--city.demo.enabled=false")) {
        var municipalities = city.getBean(Municipalities.class);
        var jdbc = city.getBean(JdbcClient.class);
        var here = municipalities.ensure("external-here", "Hier", 9, 48, false);
        var there = municipalities.ensure("external-there", "Dort", 9, 48, false);
        CurrentMunicipality.run(here,
            () -> jdbc.sql("insert into thing (municipality_id, name, description) values (?, 'Pegel', 'am Neckar')")
                .param(here.id()).update());

        assertThat(city.getBeansOfType(EmbeddedPostgres.class)).isEmpty();
        assertThat(CurrentMunicipality.call(here, () -> things(jdbc))).isOne();
        assertThat(CurrentMunicipality.call(there, () -> things(jdbc))).isZero();
        assertThat(folder.resolve("program/postgresql")).doesNotExist();
      }
    }
  }

  private static int things(JdbcClient jdbc) {
    return jdbc.sql("select count(*) from thing").query(Integer.class).single();
  }
}
