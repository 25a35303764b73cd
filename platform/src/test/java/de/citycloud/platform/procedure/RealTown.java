package de.citycloud.platform.procedure;

import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.Office;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.procedure.adoption.ShippedProcedures;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import de.citycloud.platform.procedure.casefile.Submission;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** A town of a test's own that has really adopted one shipped procedure, as Heilbronn did, with staff and cases. */
public final class RealTown {
  private final ApplicationContext program;
  private final int port;
  private final Municipality municipality;
  private final String key;

  private RealTown(ApplicationContext program, int port, Municipality municipality, String key) {
    this.program = program;
    this.port = port;
    this.municipality = municipality;
    this.key = key;
  }

  /** @param key of a shipped package that Heilbronn adopts */
  public static RealTown ensure(ApplicationContext program, int port, String slug, String key) {
    var municipalities = program.getBean(Municipalities.class);
    var shipped = program.getBean(ShippedProcedures.class);
    municipalities.ensure("ludwigsburg", "Ludwigsburg", 9.19, 48.9, true);
    shipped.offer();
    var town = municipalities.ensure(slug, "Prüfstadt " + slug, 9.2, 49, true);
    try {
      shipped.adopt(town, key, Files.readAllBytes(Path.of("..", "procedures", key, "adoptions", "heilbronn.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RealTown(program, port, town, key);
  }

  public Municipality municipality() {
    return municipality;
  }

  public String slug() {
    return municipality.slug();
  }

  /** What the town adopted, as it is now. */
  public ResolvedProcedure procedure() {
    return CurrentMunicipality.call(municipality,
        () -> program.getBean(Procedures.class).find(key, Instant.now()).orElseThrow());
  }

  /** Answers of the first example case with which one may apply today. */
  public Map<String, Object> answers() {
    var rules = program.getBean(ProcedureRules.class);
    var procedure = procedure();
    var now = ProcedureRules.local(Instant.now());
    return CurrentMunicipality.call(municipality, () -> procedure.pack().examples().stream()
        .map(example -> rules.onlyAsked(procedure, example.answers()))
        .filter(answers -> rules.check(procedure, answers, Locale.GERMAN).isEmpty()
            && rules.assess(procedure, answers, now).eligible())
        .findFirst().orElseThrow());
  }

  /** A case that was applied for, with a file. @param account null without one */
  public Walk.Receipt submit(Map<String, Object> answers, @Nullable Integer account, boolean payNow) {
    var file = new Submission.Attachment("file-1", "Fahrzeugschein Vogt.pdf", "application/pdf",
        "%PDF-1.4 Vogt".getBytes(StandardCharsets.UTF_8));
    var receipt = CurrentMunicipality.call(municipality, () -> program.getBean(CitizenCases.class)
        .submit(new Submission(UUID.randomUUID(), procedure(), answers, List.of(file), Submission.Channel.ONLINE,
            Locale.GERMAN, account, "lena.vogt@post.example", payNow)));
    return new Walk.Receipt(receipt.reference().text(), receipt.accessCode());
  }

  /** An account with this role that works in these offices; returns its number. */
  public int account(String name, Role role, String... offices) {
    int account = TestStaff.make(program, municipality, name, role);
    CurrentMunicipality.run(municipality, () -> List.of(offices).forEach(office -> {
      program.getBean(Offices.class).ensure(new Office(office, office, "", "", "", ""));
      program.getBean(Offices.class).join(office, account);
    }));
    return account;
  }

  /** Somebody of this town who has signed in and, if they may open cases, said what for. */
  public PageVisitor signedIn(String name) throws Exception {
    var visitor = TestStaff.signedIn(program, port, municipality, name);
    if (visitor.get("/" + slug() + "/purpose").statusCode() == 200) {
      Walk.statePurpose(visitor, slug());
    }
    return visitor;
  }
}
