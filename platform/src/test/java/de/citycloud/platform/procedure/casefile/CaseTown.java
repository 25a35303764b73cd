package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.audit.AuditActor;
import de.citycloud.platform.cityevents.CityEvent;
import de.citycloud.platform.cityevents.CityEvents;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Office;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.ExampleCase;
import de.citycloud.platform.procedure.pack.PackageReader;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** A town with procedures from the folder, offices and staff, without adoption in between. */
final class CaseTown {
  static final ResolvedProcedure.OfficeInfo OFFICE = new ResolvedProcedure.OfficeInfo("buergerdienste",
      "Bürgerbüro Stadtmitte", "Wilhelmstraße 11, 71638 Ludwigsburg", "07141 555 0100",
      "buergerbuero@ludwigsburg.example", "8 bis 12 Uhr");
  private static final Map<Long, ResolvedProcedure> KNOWN = new ConcurrentHashMap<>();
  static final Map<String, CityEvent> PUBLISHED = new ConcurrentHashMap<>();

  private CaseTown() {}

  /** In place of adoption and of the calendar. */
  @TestConfiguration
  static class Fakes {
    @Bean
    @Primary
    Procedures knownProcedures() {
      return new Procedures() {
        @Override
        public List<ResolvedProcedure> listOffered(Instant at) {
          return List.copyOf(KNOWN.values());
        }

        @Override
        public Optional<ResolvedProcedure> find(String key, Instant at) {
          return KNOWN.values().stream().filter(procedure -> procedure.key().equals(key)).findFirst();
        }

        @Override
        public ResolvedProcedure ofCase(long activationId, Instant receivedAt) {
          return Optional.ofNullable(KNOWN.get(activationId)).orElseThrow(IllegalArgumentException::new);
        }
      };
    }

    @Bean
    @Primary
    CityEvents knownEvents() {
      return new CityEvents() {
        @Override
        public void publish(CityEvent event) {
          PUBLISHED.put(event.source(), event);
        }

        @Override
        public void cancel(String source) {
          PUBLISHED.remove(source);
        }

        @Override
        public List<CityEvent> listBetween(Instant from, Instant until) {
          return List.copyOf(PUBLISHED.values());
        }
      };
    }
  }

  static ProcedurePackage pack(String key) {
    try {
      var reading = PackageReader.readFolder(Path.of("..", "procedures", key));
      return reading.pack().orElseThrow(() -> new AssertionError(reading.findings()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The package with the parameters of an example, or standard ones. */
  static ResolvedProcedure resolved(ProcedurePackage pack, ExampleCase example) {
    var parameters = new HashMap<String, Object>();
    pack.parameters().forEach((key, parameter) -> {
      var standard = parameter.standard();
      if (standard != null) {
        parameters.put(key, standard);
      }
    });
    parameters.putAll(example.parameters());
    long number = KNOWN.size() + 1L;
    var procedure = new ResolvedProcedure(pack, number, parameters, Map.of(), Map.of(), OFFICE, LocalDate.now());
    KNOWN.put(number, procedure);
    return procedure;
  }

  static ExampleCase granted(ProcedurePackage pack) {
    return pack.examples().stream().filter(example -> example.outcomes().containsValue("grant")).findFirst()
        .orElseThrow();
  }

  static Submission submission(ResolvedProcedure procedure, ExampleCase example, @Nullable Integer account) {
    var file = new Submission.Attachment("file-1", "Fahrzeugschein Vogt.pdf", "application/pdf",
        "%PDF-1.4 Vogt".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new Submission(UUID.randomUUID(), procedure, example.answers(), List.of(file), Submission.Channel.ONLINE,
        Locale.GERMAN, account, "lena.vogt@example.org", false);
  }

  /** An account in an office; in the current municipality. */
  static int colleague(JdbcClient jdbc, Offices offices, String name, String office) {
    offices.ensure(new Office(office, office, "", "", "", ""));
    int account = jdbc.sql("insert into account (municipality_id, name) values (?, ?) returning id")
        .params(CurrentMunicipality.get().id(), name).query(Integer.class).single();
    offices.join(office, account);
    return account;
  }

  static void signIn(int account, String... more) {
    AuditActor.Known reader = () -> new AuditActor.Account(account);
    var authorities = new java.util.ArrayList<>(List.of("MAY_WORK_CASES", "MAY_READ_PERSON_DATA"));
    authorities.addAll(List.of(more));
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(reader, "", authorities.toArray(String[]::new)));
  }
}
