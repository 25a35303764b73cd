package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import de.citycloud.platform.procedure.exchange.Publisher;
import de.citycloud.platform.procedure.pack.PackageArchive;
import de.citycloud.platform.procedure.pack.PackageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.ApplicationContext;

/** A package that a test's town publishes and offers itself. */
public final class OwnPackage {
  private OwnPackage() {}

  /** Offers the package from now on. @param files with {@code ludwigsburg} as origin, which becomes the town */
  public static void offer(ApplicationContext program, Municipality town, PackageFiles files) {
    CurrentMunicipality.run(town, () -> {
      try {
        var own = files.replace("manifest.json", "\"ludwigsburg\"", "\"" + town.slug() + "\"");
        var pack = program.getBean(Publisher.class).publish(PackageArchive.pack(own.files()));
        var adoptions = program.getBean(Adoptions.class);
        adoptions.adopt(pack, null, new OfficeInfo("buergerdienste", "Bürgerbüro", "Rathaus", "115", "", ""));
        adoptions.activate(pack.manifest().key(), pack.digest(), null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}
