package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Words;
import de.citycloud.platform.procedure.rules.FieldUse;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What the pages of a form have in common: the service, the draft of this browser, the order of its pages. */
@Component
class Applications {
  private final Procedures procedures;
  private final ProcedureRules rules;
  private final Drafts drafts;
  private final PathCookies cookies;
  private final MessageSource messages;

  Applications(Procedures procedures, ProcedureRules rules, Drafts drafts, PathCookies cookies,
      MessageSource messages) {
    this.procedures = procedures;
    this.rules = rules;
    this.drafts = drafts;
    this.cookies = cookies;
    this.messages = messages;
  }

  /** A service with the draft that this browser may open. */
  record Opened(ResolvedProcedure procedure, Draft draft) {}

  /** @throws CityProblem {@code service-not-found} (404) */
  ResolvedProcedure service(String key) {
    return procedures.find(key, Instant.now()).orElseThrow(() -> new CityProblem("service-not-found",
        HttpStatus.NOT_FOUND,
        """
        The service "%s" is not offered here, expected one of the list of services.
        Maybe it has another name now; search for it.""".formatted(key.length() > 60 ? key.substring(0, 60) : key)));
  }

  /**
   * The draft, for whoever is known as surely as the service wants.
   *
   * @throws CityProblem {@code draft-not-found} (404), {@code service-not-found} (404)
   * @throws AssuranceNeeded which leads to the sign-in and back
   */
  Opened open(HttpServletRequest request, String key, UUID id) {
    var opened = openToKeep(request, key, id);
    AssuranceNeeded.check(opened.procedure);
    return opened;
  }

  /** The draft, to keep what its owner sent but to show nothing: who signed in too long ago loses no answers. */
  Opened openToKeep(HttpServletRequest request, String key, UUID id) {
    var procedure = service(key);
    return new Opened(procedure, drafts.find(id, key, cookies.secretOf(request, id).orElse(null), Visitor.account(),
        procedure.pack()).orElseThrow(Applications::noDraft));
  }

  static CityProblem noDraft() {
    return new CityProblem("draft-not-found", HttpStatus.NOT_FOUND,
        """
        This application cannot be opened here, expected one that was begun in this browser or account.
        Maybe it has been untouched for 30 days, or was begun in another browser; then use the link for coming back.""");
  }

  /** Steps that are shown with these answers. */
  List<Field.Step> stepsOf(ResolvedProcedure procedure, Map<String, Object> answers) {
    return rules.stepsOf(procedure, answers);
  }

  /** Key of the first step with a mistake or a gap; empty if the application is complete. */
  String firstGap(ResolvedProcedure procedure, Map<String, Object> answers, Locale language) {
    var errors = rules.check(procedure, answers, language);
    return errors.isEmpty()
        ? ""
        : stepsOf(procedure, answers).stream()
            .filter(step -> errors.stream().anyMatch(error -> step.fields().contains(error.field()))).findFirst()
            .map(Field.Step::key).orElse("");
  }

  String words(ResolvedProcedure procedure, Words words, Locale language) {
    return rules.text(procedure, words, Map.of(), language);
  }

  /** Why these fields are asked, one entry for each purpose with its basis. */
  List<FieldUse> usesOf(ResolvedProcedure procedure, Collection<Field> fields, Locale language) {
    return FieldUse.of(rules, procedure, fields, language);
  }

  /** A period in words, e.g. <i>2 Wochen</i>. */
  String period(java.time.Period period, Locale language) {
    var parts = new ArrayList<String>();
    add(parts, "years", period.getYears(), language);
    add(parts, "months", period.getMonths(), language);
    boolean weeks = period.getDays() % 7 == 0;
    add(parts, weeks ? "weeks" : "days", weeks ? period.getDays() / 7 : period.getDays(), language);
    return String.join(" ", parts);
  }

  private void add(List<String> parts, String unit, int number, Locale language) {
    if (number != 0) {
      parts.add(messages.getMessage("services.period." + unit, new Object[]{number}, language));
    }
  }

  /** The time of an application, as the decision tables see it. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
