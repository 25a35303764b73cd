package de.citycloud.platform.cli;

import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;

/** {@code key create MUNICIPALITY}: prints one new API key, valid for a year. */
class KeyCommands implements Command {
  private static final Duration VALID = Duration.ofDays(365);

  @Override
  public int run(Arguments arguments, PrintStream out, PrintStream err) throws Exception {
    arguments.expect("MUNICIPALITY");
    var scope = scope(arguments.get("scope", "write"));
    var label = arguments.get("label", "made on the command line");
    if (label.isBlank() || label.length() > 100) {
      throw new UsageException("--label has %d characters, expected 1 to 100.".formatted(label.length()));
    }
    try (var city = City.open(arguments, err)) {
      var municipality = city.municipalities().getBySlug(arguments.positions().getFirst());
      var end = Instant.now().plus(VALID);
      out.println(CurrentMunicipality.call(municipality, () -> city.keys().create(label, scope, end)));
      err.println("It is valid until %s.".formatted(LocalDate.ofInstant(end, ZoneOffset.UTC)));
      return 0;
    }
  }

  private static Scope scope(String text) {
    return Arrays.stream(Scope.values()).filter(scope -> scope.name().toLowerCase(Locale.ROOT).equals(text)).findFirst()
        .orElseThrow(() -> new UsageException("--scope is \"%s\", expected write, read or admin.".formatted(text)));
  }
}
