package de.citycloud.platform;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {
  @Test
  void theHouseKeepsItsDirections() {
    ApplicationModules.of(SmartCityCloud.class).verify();
  }
}
