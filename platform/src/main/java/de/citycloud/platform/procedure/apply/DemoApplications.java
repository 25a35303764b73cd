package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.DemoProceduresReady;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import de.citycloud.platform.procedure.casefile.Submission;
import de.citycloud.platform.procedure.casefile.Submission.Attachment;
import de.citycloud.platform.procedure.pack.ExampleCase;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import de.citycloud.platform.ui.PagePdf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Invented applications in demo towns, so that caseworkers find something to do: the example cases of each package, moved
 * to today, as far as they may be sent in this town. Nobody is written to.
 */
@Component
class DemoApplications {
  private static final Logger LOG = LoggerFactory.getLogger(DemoApplications.class);
  private static final int MOST_OF_ONE_SERVICE = 4;

  private final Procedures procedures;
  private final ProcedureRules rules;
  private final CitizenCases cases;
  private final PagePdf pdf;

  DemoApplications(Procedures procedures, ProcedureRules rules, CitizenCases cases, PagePdf pdf) {
    this.procedures = procedures;
    this.rules = rules;
    this.cases = cases;
    this.pdf = pdf;
  }

  @EventListener
  void apply(DemoProceduresReady ready) {
    CurrentMunicipality.run(ready.town(), () -> {
      for (var procedure : procedures.listOffered(Instant.now())) {
        procedure.pack().examples().stream()
            .flatMap(example -> applicationOf(ready.town().slug(), procedure, example).stream())
            .limit(MOST_OF_ONE_SERVICE).forEach(this::submit);
      }
    });
  }

  private void submit(Submission submission) {
    try {
      cases.submit(submission);
    } catch (CityProblem e) {
      LOG.warn("An invented application for {} was not taken: {}", submission.procedure().pack().id(), e.getMessage());
    }
  }

  /** The same key each time: what was sent at an earlier start is not sent again. Empty if it would be refused here. */
  private Optional<Submission> applicationOf(String town, ResolvedProcedure procedure, ExampleCase example) {
    var answers = answersOf(procedure, example);
    if (!rules.check(procedure, answers, Locale.GERMAN).isEmpty()
        || !rules.assess(procedure, answers, ProcedureRules.local(Instant.now())).eligible()) {
      return Optional.empty();
    }
    var key = UUID.nameUUIDFromBytes("demo %s %s %s".formatted(town, procedure.key(), example.name())
        .getBytes(StandardCharsets.UTF_8));
    return Optional.of(new Submission(key, procedure, answers, filesOf(procedure, answers), Submission.Channel.ONLINE,
        Locale.GERMAN, null, null, false));
  }

  private Map<String, Object> answersOf(ResolvedProcedure procedure, ExampleCase example) {
    long days = ChronoUnit.DAYS.between(example.at().toLocalDate(), ProcedureRules.local(Instant.now()));
    var answers = new HashMap<>(example.answers());
    answers.replaceAll((key, answer) -> answer instanceof LocalDate day ? day.plusDays(days) : answer);
    procedure.pack().fields().values().stream().filter(field -> field.type() == Field.Type.CHOICE)
        .filter(field -> answers.containsKey(field.key())).forEach(field -> {
          var options = rules.optionsOf(procedure, field);
          if (!options.isEmpty() && !options.containsKey(String.valueOf(answers.get(field.key())))) {
            answers.put(field.key(), options.keySet().iterator().next());
          }
        });
    return rules.onlyAsked(procedure, answers);
  }

  private List<Attachment> filesOf(ResolvedProcedure procedure, Map<String, Object> answers) {
    var files = new ArrayList<Attachment>();
    for (var field : procedure.pack().fields().values()) {
      if (field.type() == Field.Type.FILE && answers.get(field.key()) instanceof List<?> ids) {
        var content = pdf.render("procedure-apply/sample-pdf", Locale.GERMAN, Map.of("label", field.label().de()));
        ids.forEach(id -> files.add(new Attachment(id.toString(), "Muster.pdf", "application/pdf", content)));
      }
    }
    return files;
  }
}
