package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import de.citycloud.platform.ui.PagePdf;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the documents of a case: the words of the package under our letterhead, as tagged PDF with a code to check it by. */
@Component
class CaseLetters {
  private static final String PDF = "procedure/letter-pdf";

  private final ProcedureRules rules;
  private final PagePdf pdf;
  private final CaseMail mail;

  CaseLetters(ProcedureRules rules, PagePdf pdf, CaseMail mail) {
    this.rules = rules;
    this.pdf = pdf;
    this.mail = mail;
  }

  /** What a document says of a decision. @param objectionUntil null if nobody can object */
  record Said(Outcome outcome, CaseWords.Decided words, @Nullable LocalDate objectionUntil) {}

  /** The document {@code template} of the package. @param said null for documents that decide nothing */
  CasePapers.Paper make(CaseFile file, ResolvedProcedure procedure, Map<String, Object> answers, String template,
      @Nullable Said said, Instant at) {
    var code = AccessCodes.newDocumentCode();
    var day = ProcedureRules.local(at).toLocalDate();
    var html = rules.document(procedure, template, answers, values(file, procedure, answers, said, day, code),
        file.language());
    var name = procedure.pack().manifest().name().in(file.language());
    var content = pdf.render(PDF, file.language(),
        Map.of("town", CurrentMunicipality.get().name(), "office", procedure.office(), "title", name, "reference",
            file.reference().text(), "date", shown(day, file.language()), "address", PostalAddress.of(answers), "html",
            html,
            "code", code, "check",
            mail.address("verify")));
    return new CasePapers.Paper("%s %s.pdf".formatted(name, file.reference()), "application/pdf", content, true, code);
  }

  private Map<String, Object> values(CaseFile file, ResolvedProcedure procedure, Map<String, Object> answers,
      @Nullable Said said, LocalDate day, String code) {
    var values = new HashMap<String, Object>();
    values.put("reference", file.reference().text());
    values.put("date", day);
    values.put("procedureName", procedure.pack().manifest().name().in(file.language()));
    values.put("fee", file.fee());
    values.put("officeName", procedure.office().name());
    values.put("officeAddress", procedure.office().address());
    values.put("applicantName", PostalAddress.nameOf(answers));
    values.put("municipalityName", CurrentMunicipality.get().name());
    values.put("verifyCode", code);
    values.put("verifyAddress", mail.address("verify"));
    for (var outcome : Outcome.values()) {
      values.put(key(outcome), said != null && said.outcome == outcome);
    }
    if (said != null) {
      values.put("grounds", said.words.grounds());
      values.put("conditions", said.words.conditions());
      if (said.objectionUntil != null) {
        values.put("objectionUntil", said.objectionUntil);
      }
    }
    return values;
  }

  static String shown(LocalDate day, Locale language) {
    boolean english = language.getLanguage().equals("en");
    return DateTimeFormatter.ofPattern(english ? "d MMMM uuuu" : "d. MMMM uuuu", english ? Locale.UK : Locale.GERMANY)
        .format(day);
  }

  private static String key(Outcome outcome) {
    return switch (outcome) {
      case GRANTED -> "outcomeGranted";
      case REFUSED -> "outcomeRefused";
      case PARTLY -> "outcomePartly";
    };
  }
}
