package de.citycloud.platform.portal;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.io.IOException;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gives the towns of the demo the profiles of {@code demo/profiles.json}, unless somebody entered others. */
@Component
class DemoProfiles {
  private final Municipalities municipalities;
  private final Profiles profiles;
  private final JsonMapper json;

  DemoProfiles(Municipalities municipalities, Profiles profiles, JsonMapper json) {
    this.municipalities = municipalities;
    this.profiles = profiles;
    this.json = json;
  }

  @EventListener(ApplicationReadyEvent.class)
  void enter() throws IOException {
    var file = new ClassPathResource("demo/profiles.json");
    if (!file.exists()) {
      return;
    }
    var known = json.readTree(file.getContentAsByteArray());
    for (var municipality : municipalities.listAll()) {
      var profile = known.get(municipality.slug());
      if (municipality.demo() && profile != null) {
        CurrentMunicipality.run(municipality, () -> {
          if (profiles.find().isEmpty()) {
            profiles.save(json.treeToValue(profile, Profile.class));
          }
        });
      }
    }
  }
}
