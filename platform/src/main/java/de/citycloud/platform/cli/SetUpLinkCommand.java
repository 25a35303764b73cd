package de.citycloud.platform.cli;

import de.citycloud.platform.identity.SetUpLinks;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.io.PrintStream;

/** {@code set-up-link [MUNICIPALITY]}: a new one-time link for an administrator's account. */
class SetUpLinkCommand implements Command {
  @Override
  public int run(Arguments arguments, PrintStream out, PrintStream err) throws Exception {
    if (arguments.positions().size() > 1) {
      arguments.expect("MUNICIPALITY");
    }
    try (var city = City.open(arguments, err)) {
      var all = city.municipalities().listAll();
      if (arguments.positions().isEmpty() && all.size() != 1) {
        throw new UsageException("""
                                 There are %d municipalities, expected the name of one: %s.
                                 Maybe "./city set-up-link ludwigsburg".""".formatted(all.size(),
            String.join(", ", all.stream().map(one -> one.slug()).limit(20).toList())));
      }
      var municipality = arguments.positions().isEmpty()
          ? all.getFirst()
          : city.municipalities().getBySlug(arguments.positions().getFirst());
      var path = CurrentMunicipality.call(municipality, () -> new SetUpLinks(city.jdbc()).create());
      out.println(arguments.get("address", "http://127.0.0.1:8080") + path);
      return 0;
    }
  }
}
