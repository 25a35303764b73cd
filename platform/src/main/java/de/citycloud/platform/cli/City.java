package de.citycloud.platform.cli;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.audit.AuditActor;
import de.citycloud.platform.audit.AuditProperties;
import de.citycloud.platform.audit.SignedHeads;
import de.citycloud.platform.database.DatabaseAccess;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.util.function.Function;
import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.database.StoreVisit;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.MunicipalityDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The city of a data folder as commands see it.
 *
 * @param visit the open store
 * @param jdbc connection of the application role, behind the wall
 */
record City(StoreVisit visit, JdbcClient jdbc, Municipalities municipalities, ApiKeys keys) implements AutoCloseable {
  /** Who acts when somebody types a command. */
  static final AuditActor COMMAND_LINE = new AuditActor.Program("command line");

  /** Keeps in the log of every municipality what was done to the whole store; an older store has none. */
  static void record(Arguments arguments, Function<AuditActor, AuditEntry> entry, boolean restored) throws IOException {
    var properties = properties(arguments);
    try (var visit = StoreVisit.attach(properties)) {
      var access = visit.access();
      var owner = JdbcClient
          .create(new DriverManagerDataSource(access.url(), access.owner(), access.ownerPassword()));
      if (!owner.sql("select to_regclass('public.audit_entry') is not null").query(Boolean.class).single()) {
        return;
      }
      var jdbc = walled(access);
      var log = new AuditLog(jdbc);
      for (var municipality : new Municipalities(jdbc).listAll()) {
        CurrentMunicipality.run(municipality, () -> log.record(entry.apply(COMMAND_LINE)));
      }
      var heads = SignedHeads.open(owner, bind(arguments, "city.audit", AuditProperties.class), properties.data());
      if (restored) {
        heads.restored();
      }
    }
  }

  /** Opens the city that {@code --data} and {@code --config} name; by default the one in {@code ./data}. */
  static City open(Arguments arguments, PrintStream err) throws IOException {
    var properties = properties(arguments);
    var visit = StoreVisit.open(properties);
    var jdbc = walled(visit.access());
    var municipalities = new Municipalities(jdbc);
    return new City(visit, jdbc, municipalities, new ApiKeys(jdbc, municipalities));
  }

  /**
   * Where the store is, from the same places as the running program reads it: options, environment, the file named by
   * {@code --config}.
   */
  static DatabaseProperties properties(Arguments arguments) throws IOException {
    return bind(arguments, "city.database", DatabaseProperties.class);
  }

  /** Settings below {@code prefix}, from the same places. */
  static <T> T bind(Arguments arguments, String prefix, Class<T> type) throws IOException {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    var data = arguments.find("data");
    if (data != null) {
      sources.addFirst(new MapPropertySource("options", Map.of("city.database.data", data)));
    }
    var config = arguments.find("config");
    if (config != null) {
      if (!Files.isReadable(Path.of(config))) {
        throw new UsageException("--config names %s, which cannot be read.".formatted(config));
      }
      new YamlPropertySourceLoader().load("config", new FileSystemResource(config)).forEach(sources::addLast);
    }
    ConfigurationPropertySources.attach(environment);
    return Binder.get(environment).bindOrCreate(prefix, type);
  }

  private static JdbcClient walled(DatabaseAccess access) {
    return JdbcClient.create(new MunicipalityDataSource(
        new DriverManagerDataSource(access.url(), access.application(), access.applicationPassword())));
  }

  @Override
  public void close() {
    visit.close();
  }
}
