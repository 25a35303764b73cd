package de.citycloud.signals.evaluate;

import de.citycloud.signals.network.RoadNetwork;

/** SUMO's own actuated control as a yardstick: the network's stages, prolonged by SUMO as long as vehicles come. */
final class SumoPrograms {
  /** Name of the row; a number behind it is the maximum green, s. */
  static final String ACTUATED = "sumo-actuated";
  private static final int USUAL_MAX_GREEN_SECONDS = 50;
  private static final int MIN_GREEN_SECONDS = 5;

  private SumoPrograms() {}

  /** The number behind the name, or the usual one. */
  static int maxGreenSeconds(String name) {
    var number = name.substring(ACTUATED.length());
    if (!number.matches("[0-9]{0,3}")) {
      throw new IllegalArgumentException("\"%s\" is no controller, expected %s with a maximum green, e.g. %s80."
          .formatted(name, ACTUATED, ACTUATED));
    }
    return number.isEmpty() ? USUAL_MAX_GREEN_SECONDS : Integer.parseInt(number);
  }

  /** Programs of all lights for an additional file. Steps of up to 5 s stay as they are: they clear the junction. */
  static String actuated(RoadNetwork network, int maxGreenSeconds) {
    var xml = new StringBuilder();
    network.lights().values().stream().sorted((a, b) -> a.id().compareTo(b.id())).forEach(light -> {
      xml.append("  <tlLogic id=\"").append(light.id())
          .append("\" type=\"actuated\" programID=\"actuated\" offset=\"0\">\n");
      for (var step : light.programs().getFirst().steps()) {
        boolean green = step.seconds() > MIN_GREEN_SECONDS && step.state().toUpperCase(java.util.Locale.ROOT)
            .indexOf('G') >= 0 && step.state().indexOf('y') < 0;
        xml.append("    <phase duration=\"").append(step.seconds()).append("\" state=\"").append(step.state())
            .append(green ? "\" minDur=\"" + MIN_GREEN_SECONDS + "\" maxDur=\"" + maxGreenSeconds : "")
            .append("\"/>\n");
      }
      xml.append("  </tlLogic>\n");
    });
    return xml.toString();
  }
}
