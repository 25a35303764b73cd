package de.citycloud.platform.cli;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.io.PrintStream;

/** {@code municipality add SLUG NAME LON LAT}: a running program serves it at once. */
class MunicipalityCommands implements Command {
  @Override
  public int run(Arguments arguments, PrintStream out, PrintStream err) throws Exception {
    arguments.expect("SLUG", "NAME", "LON", "LAT");
    var slug = arguments.positions().get(0);
    var name = arguments.positions().get(1).strip();
    if (name.isEmpty() || name.length() > 200) {
      throw new UsageException("NAME has %d characters, expected 1 to 200.".formatted(name.length()));
    }
    double longitude = degrees("LON", arguments.positions().get(2), 180);
    double latitude = degrees("LAT", arguments.positions().get(3), 90);
    try (var city = City.open(arguments, err)) {
      var known = city.municipalities().findBySlug(slug);
      if (known.isPresent()) {
        throw new IllegalStateException(
            """
            The municipality "%s" is already there: %s.
            Maybe choose another name for the address.""".formatted(slug, known.get().name()));
      }
      var added = city.municipalities().ensure(slug, name, longitude, latitude, false);
      CurrentMunicipality.run(added, () -> new AuditLog(city.jdbc())
          .record(AuditEntry.of("municipality.added", "municipality " + added.id(), City.COMMAND_LINE)));
      out.println("/" + added.slug());
      return 0;
    }
  }

  private static double degrees(String what, String text, double limit) {
    try {
      double value = Double.parseDouble(text);
      if (Math.abs(value) <= limit) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw new UsageException(
        """
        %s is "%s", expected degrees from -%3$.0f to %3$.0f.
        Maybe write 9.19 for 9° 11′ east; the order is longitude, then latitude.""".formatted(what, text, limit));
  }
}
