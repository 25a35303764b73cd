package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.util.HashMap;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The document that a decision becomes, as part of a page. */
@Component
class DecisionPreview {
  private static final String TEMPLATE = "decision";

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
    values.put("date", words.date(words.today()));
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
