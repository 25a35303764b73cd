package de.citycloud.signals.junction;

import de.citycloud.signals.network.RoadNetwork;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells in Markdown what was made of a network: for each intersection its tables, and every assumption. */
public final class JunctionReport {
  private JunctionReport() {}

  /**
   * The report.
   *
   * @param name of the network
   * @param refused why lights were left out, as sentences
   */
  public static String of(String name, RoadNetwork network, List<Intersection> intersections, ImportSettings settings,
      List<String> refused) {
    var text = new StringBuilder("# Import of %s\n\n%d lanes, %d ways, %d traffic lights, %d of them under control.\n"
        .formatted(name, network.lanes().size(), network.links().size(), network.lights().size(),
            intersections.size()));
    text.append("\n## Assumed for all\n\n");
    list(text, List.of(
        "Yellow is %d s, the minimum green %d s, the maximum red %d s: the file has none of them."
            .formatted(settings.yellowSeconds(), settings.minGreenSeconds(), settings.maxRedSeconds()),
        "The intergreen is the yellow of the group that ends, or the time on foot at %s m/s where that is longer."
            .formatted(settings.walkMetresPerSecond()),
        "Vehicles are seen up to %.0f m before the stop line.".formatted(settings.lookBackMetres()),
        "A queue discharges with 0.52 vehicles per second and lane until measured, a standing vehicle takes 7.5 m."));
    list(text, network.report().assumptions());
    if (!network.report().omissions().isEmpty() || !refused.isEmpty()) {
      text.append("\n## Left out\n\n");
      list(text, network.report().omissions());
      list(text, refused);
    }
    for (var intersection : intersections) {
      intersection(text, intersection);
    }
    return text.toString();
  }

  private static void intersection(StringBuilder text, Intersection x) {
    text.append("\n## %s\n\n%d groups, %d lanes at the stop lines, %d stages, cycle %s s.\n\n".formatted(x.id(),
        x.groups(), x.lanes().size(), x.stages().size(), seconds(x.program().cycleSeconds())));
    text.append(
        "| group | for | from lanes | conflicts, intergreen s | yields to | yellow s | min green s | max red s |\n"
            + "|---|---|---|---|---|---|---|---|\n");
    for (int g = 0; g < x.groups(); g++) {
      int group = g;
      var rules = x.rules();
      text.append("| %s | %s | %s | %s | %s | %d | %d | %d |\n".formatted(x.groupName(g),
          x.pedestrian().get(g) ? "on foot" : "vehicles",
          x.movements().stream().filter(m -> m.group() == group)
              .map(m -> m.link().from().id() + " " + m.link().direction()).distinct().collect(Collectors.joining(", ")),
          IntStream.range(0, x.groups()).filter(j -> x.conflict(group, j))
              .mapToObj(j -> x.groupName(j) + " " + rules.intergreenSeconds()[group][j])
              .collect(Collectors.joining(", ")),
          x.gives().get(g).stream().mapToObj(x::groupName).collect(Collectors.joining(", ")),
          rules.yellowSeconds()[g], rules.minGreenSeconds()[g], rules.maxRedSeconds()[g]));
    }
    text.append("\nStages: ").append(x.stages().stream()
        .map(stage -> stage.name() + (stage.programmed() ? "" : " (derived)")).collect(Collectors.joining("; ")))
        .append(".\nLocal program: ").append(x.rules().localProgram().stream()
            .map(stage -> stage.groups().stream().mapToObj(x::groupName).collect(Collectors.joining("+")) + " "
                + stage.seconds() + " s")
            .collect(Collectors.joining("; ")))
        .append(".\n");
    if (!x.assumptions().isEmpty()) {
      text.append("\nAssumed:\n\n");
      list(text, x.assumptions());
    }
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.0f", seconds);
  }

  private static void list(StringBuilder text, List<String> sentences) {
    sentences.forEach(sentence -> text.append("- ").append(sentence.replace("\n", " ")).append('\n'));
  }
}
