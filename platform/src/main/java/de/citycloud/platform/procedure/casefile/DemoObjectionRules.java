package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.DemoProceduresReady;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * In the demo somebody has said who rules on objections. The authority and the court are those of the region; that the
 * town rules itself on events is assumed, so that both ways can be seen.
 */
@Component
class DemoObjectionRules {
  private static final ObjectionRules.Rule RULE = new ObjectionRules.Rule("Regierungspräsidium Stuttgart",
      "Ruppmannstraße 21, 70565 Stuttgart", "Verwaltungsgericht Stuttgart", "Augustenstraße 5, 70178 Stuttgart",
      Set.of("veranstaltung-im-oeffentlichen-raum"));

  private final ObjectionRules rules;

  DemoObjectionRules(ObjectionRules rules) {
    this.rules = rules;
  }

  @EventListener
  void say(DemoProceduresReady ready) {
    CurrentMunicipality.run(ready.town(), () -> {
      if (rules.get().equals(ObjectionRules.Rule.NONE)) {
        rules.save(RULE);
      }
    });
  }
}
