package de.citycloud.signals.junction;

/**
 * What a network file does not say.
 *
 * @param yellowSeconds yellow after each green of vehicles, 1 to 10 s
 * @param minGreenSeconds minimum green, 1 to 60 s
 * @param maxRedSeconds red after which the kernel serves a group before others, 30 to 600 s
 * @param lookBackMetres how far upstream vehicles can be seen, 20 to 300 m of travel
 * @param walkMetresPerSecond speed of people on foot, for clearing times
 * @param derivedStages most stages beyond those of the fixed program; 0 for none, which was best where it was measured
 */
public record ImportSettings(int yellowSeconds, int minGreenSeconds, int maxRedSeconds, double lookBackMetres,
    double walkMetresPerSecond, int derivedStages) {
  public ImportSettings {
    range(1, yellowSeconds, 10, "yellow");
    range(1, minGreenSeconds, 60, "minimum green");
    range(30, maxRedSeconds, 600, "maximum red");
    if (!(lookBackMetres >= 20 && lookBackMetres <= 300)) {
      throw new IllegalArgumentException("The look-back is %s m, expected 20 to 300 m.".formatted(lookBackMetres));
    }
  }

  /** Usual values with the given yellow and minimum green. */
  public static ImportSettings of(int yellowSeconds, int minGreenSeconds) {
    return new ImportSettings(yellowSeconds, minGreenSeconds, 110, 250, 1.2, 0);
  }

  private static void range(int least, int value, int most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException("The %s is %d s, expected %d to %d s.".formatted(what, value, least, most));
    }
  }

  /** With another number of stages beyond those of the fixed program. */
  public ImportSettings withDerivedStages(int most) {
    return new ImportSettings(yellowSeconds, minGreenSeconds, maxRedSeconds, lookBackMetres, walkMetresPerSecond, most);
  }
}
