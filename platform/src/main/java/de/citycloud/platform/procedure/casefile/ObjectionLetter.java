package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Objection;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Ruling;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import de.citycloud.platform.ui.PagePdf;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The ruling on an objection (German: <i>Widerspruchsbescheid</i>, § 73 (3) VwGO): why, who bears the costs, and that one can
 * bring an action within a month after it was served. The day of service is not ours to know, so no last day stands in it.
 */
@Component
class ObjectionLetter {
  private static final String PDF = "procedure/objection-pdf";

  private final PagePdf pdf;
  private final CaseMail mail;
  private final MessageSource messages;

  ObjectionLetter(PagePdf pdf, CaseMail mail, MessageSource messages) {
    this.pdf = pdf;
    this.mail = mail;
    this.messages = messages;
  }

  /** What it says, for the PDF and for the page that shows it before. */
  Map<String, Object> words(CaseProgress.Work work, Objection objection, CaseDecisions.Made decision,
      ObjectionRules.Rule rule, Ruling ruling, String grounds) {
    var file = work.file();
    var language = file.language();
    var sent = ProcedureRules.local(Objects.requireNonNullElse(decision.notifiedAt(), decision.at())).toLocalDate();
    var words = new HashMap<String, Object>();
    words.put("reference", file.reference().text());
    words.put("date", CaseLetters.shown(work.today(), language));
    words.put("title", work.procedure().pack().manifest().name().in(language));
    words.put("town", CurrentMunicipality.get().name());
    words.put("office", work.procedure().office());
    words.put("name", PostalAddress.nameOf(work.application().answers()));
    words.put("address", PostalAddress.of(work.application().answers()));
    words.put("late", ruling == Ruling.TOO_LATE);
    words.put("received",
        CaseLetters.shown(ProcedureRules.local(objection.receivedAt()).toLocalDate(), language));
    words.put("sent", CaseLetters.shown(sent, language));
    words.put("notified", CaseLetters.shown(NotificationDays.notifiedOn(sent), language));
    words.put("lastDay", CaseLetters.shown(objection.lastDay(), language));
    words.put("grounds", grounds);
    words.put("rule", rule);
    words.put("language", language);
    return words;
  }

  CasePapers.Paper make(CaseFile file, Map<String, Object> words) {
    var code = AccessCodes.newDocumentCode();
    var model = new HashMap<>(words);
    model.put("code", code);
    model.put("check", mail.address("verify"));
    var name = messages.getMessage("case.objection.letter", null, file.language());
    return new CasePapers.Paper("%s %s.pdf".formatted(name, file.reference()), "application/pdf",
        pdf.render(PDF, file.language(), model), true, code);
  }
}
