package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.casefile.PostalAddress;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.util.HashMap;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The document that a decision becomes, as part of a page. */
@Component
class DecisionPreview {
  private static final String TEMPLATE = "decision";
  /** Stands for what the document gets when it goes out. */
  private static final String LATER = "…";

  private final ProcedureRules rules;
  private final DeskWords words;

  DecisionPreview(ProcedureRules rules, DeskWords words) {
    this.rules = rules;
    this.words = words;
  }

  /** Safe XHTML whose headings begin at the second level, since the page has its own; empty without a template. */
  String of(Opened opened, DecisionWords decision) {
    var status = opened.status();
    if (status.procedure().pack().documents().keySet().stream().noneMatch(name -> name.startsWith(TEMPLATE + "."))) {
      return "";
    }
    var values = new HashMap<String, Object>();
    values.put("reference", status.reference().text());
    values.put("date", words.today());
    values.put("procedureName", status.procedure().pack().manifest().name().de());
    values.put("fee", status.fee());
    values.put("officeName", status.procedure().office().name());
    values.put("officeAddress", status.procedure().office().address());
    values.put("applicantName", PostalAddress.nameOf(status.answers()));
    values.put("municipalityName", CurrentMunicipality.get().name());
    values.put("verifyCode", LATER);
    values.put("verifyAddress", LATER);
    values.put("grounds", decision.grounds());
    values.put("conditions", decision.conditions());
    switch (decision.outcome()) {
      case GRANTED -> values.put("outcomeGranted", true);
      case REFUSED -> values.put("outcomeRefused", true);
      case PARTLY -> values.put("outcomePartly", true);
    }
    return rules.document(status.procedure(), TEMPLATE, status.answers(), values, Locale.GERMAN)
        .replaceAll("<(/?)h3\\b", "<$1h4").replaceAll("<(/?)h2\\b", "<$1h3").replaceAll("<(/?)h1\\b", "<$1h2");
  }
}
