package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import de.citycloud.platform.procedure.adoption.Setting.Kind;
import de.citycloud.platform.procedure.exchange.Adopters;
import de.citycloud.platform.procedure.exchange.Feedback;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import de.citycloud.platform.procedure.rules.ProcedureRules.ExampleResult;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** Adopts, sets, updates and goes back; each in one transaction with its entry in the log. */
@Service
class Adoptions {
  private final AdoptionStore store;
  private final AdoptedProcedures procedures;
  private final PackageStore packages;
  private final ProcedureRules rules;
  private final Adopters adopters;
  private final AuditLog audit;

  Adoptions(AdoptionStore store, AdoptedProcedures procedures, PackageStore packages, ProcedureRules rules,
      Adopters adopters, AuditLog audit) {
    this.store = store;
    this.procedures = procedures;
    this.packages = packages;
    this.rules = rules;
    this.adopters = adopters;
    this.audit = audit;
  }

  /** @throws CityProblem {@code procedure-not-adopted} (404) */
  Adoption get(String key) {
    return store.find(key).orElseThrow(() -> new CityProblem("procedure-not-adopted", HttpStatus.NOT_FOUND,
        "There is no procedure \"%s\" here, expected one that was adopted.\nMaybe look it up in the catalogue."
            .formatted(key.length() > 60 ? key.substring(0, 60) + "…" : key)));
  }

  /**
   * Adopts a procedure; it is offered only once a version is activated.
   *
   * @param originId whose it is; null for our own
   * @param office who does it here
   * @return false if it is adopted already; then nothing changes
   */
  @Transactional
  public boolean adopt(ProcedurePackage pack, @Nullable Long originId, OfficeInfo office) {
    var key = pack.manifest().key();
    if (!store.add(key, originId, pack.digest(), office)) {
      return false;
    }
    procedures.changed();
    audit.record(AuditEntry.of("procedure.adopted", "procedure " + pack.id()));
    return true;
  }

  /** Sets a value, text or addendum from a day on; {@code value} null takes back what was set for this day. */
  @Transactional
  public void set(String key, Setting setting) {
    store.lock(get(key).key());
    store.add(key, setting);
    procedures.changed();
    audit.record(AuditEntry
        .of(setting.value() == null ? "procedure.setting-removed" : "procedure.setting-made", "procedure " + key)
        .with("kind", setting.kind().inStore()).with("name", setting.name())
        .with("from", setting.isAlways() ? "always" : setting.validFrom()).with("source", cut(setting.legalSource())));
  }

  private static String cut(String text) {
    return text.length() > 120 ? text.substring(0, 120) + "…" : text;
  }

  /** Who does it here. */
  @Transactional
  public void office(String key, OfficeInfo office) {
    store.lock(get(key).key());
    store.office(key, office);
    procedures.changed();
    audit.record(AuditEntry.of("procedure.office-set", "procedure " + key).with("office", office.key()));
  }

  /** A version with our settings as it would apply on {@code day}. */
  Resolution look(String key, ProcedurePackage pack, LocalDate day) {
    return Resolution.of(pack, 0, store.settingsOf(key), get(key).office(), day, Instant.now());
  }

  /** Its example cases with our settings; empty as long as a required value is missing. */
  List<ExampleResult> examples(Resolution resolution) {
    return resolution.missing().isEmpty() ? rules.runExamples(resolution.procedure()) : List.of();
  }

  /**
   * Offers this version from {@code from} on; running cases stay on theirs. Going back is the same with an older one.
   *
   * @param from null for now
   * @throws CityProblem {@code parameters-missing}, {@code examples-failed}, {@code activation-past} (422), {@code
   *     activation-taken} (409) or {@code package-not-found} (404); then nothing changes
   */
  @Transactional
  public void activate(String key, String digest, @Nullable Instant from) {
    var adoption = get(key);
    store.lock(key);
    var pack = requireOf(key, digest);
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var start = from == null ? now : from.truncatedTo(ChronoUnit.MICROS); // as the store keeps it
    if (start.isBefore(now)) {
      throw new CityProblem("activation-past", HttpStatus.UNPROCESSABLE_CONTENT,
          "The start is %s, expected now or later: cases that are there keep what they began with.\nMaybe start now."
              .formatted(start));
    }
    var resolution = look(key, pack, ProcedureRules.local(start).toLocalDate());
    requireOffice(adoption);
    requireWhole(pack, resolution);
    requirePassing(pack, examples(resolution));
    begin(adoption, pack, start);
  }

  /** Begins without a look at the clock, missing values or the examples: for the demo, whose adoptions the tests check. */
  @Transactional
  public void begin(Adoption adoption, ProcedurePackage pack, Instant start) {
    try {
      store.activate(adoption.key(), pack.digest(), start);
    } catch (DuplicateKeyException e) {
      throw new CityProblem("activation-taken", HttpStatus.CONFLICT, """
                                                                     Another version of %s begins at %s already.
                                                                     Maybe take it back first, or choose another time.\
                                                                     """.formatted(adoption.key(), start));
    }
    store.choose(adoption.key(), pack.digest());
    procedures.changed();
    tellOrigin(get(adoption.key()));
    audit.record(AuditEntry.of("procedure.activated", "procedure " + pack.id()).with("from", start)
        .with("digest", pack.digest().substring(0, 16)));
  }

  private static void requireOffice(Adoption adoption) {
    if (adoption.office().address().isBlank()) {
      throw new CityProblem("office-missing", HttpStatus.UNPROCESSABLE_CONTENT,
          "The office of %s has no address, expected one: people must know who does it.\nMaybe name the office first."
              .formatted(adoption.key()));
    }
  }

  private static void requireWhole(ProcedurePackage pack, Resolution resolution) {
    if (!resolution.missing().isEmpty()) {
      throw new CityProblem("parameters-missing", HttpStatus.UNPROCESSABLE_CONTENT,
          "%s needs a value for %s before it can start.\nMaybe set it for the chosen day or always.".formatted(
              pack.id(),
              resolution.missing().stream().map(Parameter::key).collect(Collectors.joining(", "))),
          Map.of("parameters", resolution.missing().stream().map(Parameter::key).toList()));
    }
  }

  private static void requirePassing(ProcedurePackage pack, List<ExampleResult> results) {
    var failed = results.stream().filter(result -> !result.failures().isEmpty()).toList();
    if (!failed.isEmpty()) {
      throw new CityProblem("examples-failed", HttpStatus.UNPROCESSABLE_CONTENT,
          "%d of %d example cases of %s fail with your values: \"%s\": %s\nMaybe a value is wrong; else tell the origin."
              .formatted(failed.size(), results.size(), pack.id(), failed.getFirst().name(),
                  failed.getFirst().failures().getFirst()),
          Map.of("failed", failed.stream().map(ExampleResult::name).toList()));
    }
  }

  /** Offers it no longer from now on, and takes back what was planned; running cases go on. */
  @Transactional
  public void stop(String key) {
    store.lock(get(key).key());
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    int planned = store.cancelPlanned(key, now);
    store.activate(key, null, now);
    procedures.changed();
    tellOrigin(get(key));
    audit.record(AuditEntry.of("procedure.stopped", "procedure " + key).with("plansTakenBack", planned));
  }

  /** Takes back a version that has not begun yet; false if it has. */
  @Transactional
  public boolean cancel(String key, long activation) {
    store.lock(get(key).key());
    boolean cancelled = store.cancel(key, activation, Instant.now());
    if (cancelled) {
      procedures.changed();
      audit.record(AuditEntry.of("procedure.activation-cancelled", "procedure " + key).with("activation", activation));
    }
    return cancelled;
  }

  /** Tells the origin something; nothing happens for a procedure of our own. */
  @Transactional
  public void tell(String key, String words) {
    var adoption = get(key);
    Optional.ofNullable(adoption.originId()).ifPresent(origin -> adopters.tell(origin, Feedback.Kind.WORDS, key,
        packages.get(adoption.chosen()).manifest().version().toString(), words));
  }

  /** Lets all origins know what is in use here by now; what they know already is not said again. */
  @Transactional
  public void tellOrigins() {
    store.listAll().forEach(this::tellOrigin);
  }

  private void tellOrigin(Adoption adoption) {
    var running = store.running(adoption.key(), Instant.now()).orElse(null);
    if (adoption.originId() == null || Objects.equals(running, adoption.told())) {
      return;
    }
    // One of the two is there, since they differ.
    var subject = packages.get(running == null ? Objects.requireNonNull(adoption.told()) : running);
    adopters.tell(adoption.originId(), running == null ? Feedback.Kind.STOPPED : Feedback.Kind.ADOPTED, adoption.key(),
        subject.manifest().version().toString(), "");
    store.told(adoption.key(), running);
  }

  private ProcedurePackage requireOf(String key, String digest) {
    var pack = packages.get(digest);
    if (!pack.manifest().key().equals(key)) {
      throw new CityProblem("package-not-found", HttpStatus.NOT_FOUND,
          "%s is no version of %s, expected one.\nMaybe choose one of the list.".formatted(pack.id(), key));
    }
    return pack;
  }

  /** A setting as it stands in a file of the demo or a form. */
  static Setting setting(Kind kind, String name, @Nullable LocalDate from, @Nullable JsonNode value, String source,
      Instant recordedAt) {
    return new Setting(kind, name, from == null ? Setting.ALWAYS : from, value, source,
        recordedAt.truncatedTo(ChronoUnit.MICROS));
  }
}
