package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.privacy.ProcessingActivity;
import de.citycloud.platform.privacy.WrittenActivity;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Words;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Each procedure in use is an entry of the register of processing, made from the fields, offices and retention of its package. */
@Component
class ProcedureActivities implements WrittenActivity.Source {
  private final ObjectProvider<Procedures> procedures;
  private final MessageSource messages;

  ProcedureActivities(ObjectProvider<Procedures> procedures, MessageSource messages) {
    this.procedures = procedures;
    this.messages = messages;
  }

  @Override
  public List<WrittenActivity> listHere(Locale language) {
    return procedures.orderedStream().flatMap(all -> all.listOffered(Instant.now()).stream())
        .map(procedure -> written(procedure, language)).toList();
  }

  WrittenActivity written(ResolvedProcedure procedure, Locale language) {
    var pack = procedure.pack();
    var manifest = pack.manifest();
    var personal = pack.fields().values().stream().filter(Field::personal).toList();
    var parts = new HashMap<String, String>();
    // What a package does not say is the same for all of them.
    ProcessingActivity.PARTS.forEach(part -> parts.put(part, text("activity.case-work." + part, language)));
    parts.put("name", parts.get("name") + ": " + manifest.name().in(language) + " " + manifest.version());
    parts.put("purpose", manifest.summary().in(language));
    parts.put("basis", joined(personal.stream().map(Field::legalBasis)));
    parts.put("data", joined(personal.stream().map(field -> field.label().in(language))));
    var offices = new ArrayList<String>();
    offices.add(procedure.office().name());
    pack.offices().values().stream().map((Words words) -> words.in(language)).forEach(offices::add);
    parts.put("recipients", joined(offices.stream()));
    parts.put("retention", period(manifest.keepFor(), language) + ". " + manifest.keepBasis());
    return new WrittenActivity("procedure-" + manifest.key(), parts, personal.stream()
        .map(field -> "%s – %s – %s".formatted(field.label().in(language), field.purpose().in(language),
            field.legalBasis()))
        .toList());
  }

  private String period(Period period, Locale language) {
    return Stream.of(unit("years", period.getYears(), language), unit("months", period.getMonths(), language),
        unit("days", period.getDays(), language)).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
  }

  private String unit(String unit, int number, Locale language) {
    return number == 0 ? "" : messages.getMessage("case.kept." + unit, new Object[]{number}, language);
  }

  private static String joined(Stream<String> texts) {
    return texts.filter(text -> !text.isBlank()).distinct().collect(Collectors.joining("; "));
  }

  private String text(String key, Locale language) {
    return messages.getMessage(key, null, language);
  }
}
