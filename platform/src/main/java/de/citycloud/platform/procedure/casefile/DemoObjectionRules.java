package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.database.Job;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.time.Duration;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * In the demo somebody has said who rules on objections. The authority and the court are those of the region; that the
 * town rules itself on events is assumed, so that both ways can be seen.
 */
@Configuration(proxyBeanMethods = false)
class DemoObjectionRules {
  private static final ObjectionRules.Rule RULE = new ObjectionRules.Rule("Regierungspräsidium Stuttgart",
      "Ruppmannstraße 21, 70565 Stuttgart", "Verwaltungsgericht Stuttgart", "Augustenstraße 5, 70178 Stuttgart",
      Set.of("veranstaltung-im-oeffentlichen-raum"));

  @Bean
  Job demoObjectionRulesJob(ObjectionRules rules, Municipalities municipalities,
      @Value("${city.demo.enabled:false}") boolean demo) {
    return new Job("demo-objection-rules", Duration.ofMinutes(10), () -> municipalities.listAll().stream()
        .filter(town -> demo && town.demo()).forEach(town -> CurrentMunicipality.run(town, () -> {
          if (rules.get().equals(ObjectionRules.Rule.NONE)) {
            rules.save(RULE);
          }
        })));
  }
}
