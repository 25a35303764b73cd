package de.citycloud.platform.cli;

import de.citycloud.platform.procedure.pack.Finding;
import de.citycloud.platform.procedure.pack.PackageArchive;
import de.citycloud.platform.procedure.pack.PackageDiff;
import de.citycloud.platform.procedure.pack.PackageReader;
import de.citycloud.platform.procedure.pack.PackageSignature;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code procedures check|test|pack|sign|verify|diff|key}: packages of procedures, without a store. */
final class ProcedureCommands {
  private static final int KEY_BYTES = 4_000;

  private ProcedureCommands() {}

  static int run(Arguments arguments, PrintStream out, PrintStream err) throws Exception {
    var words = arguments.positions();
    var what = words.isEmpty() ? "" : words.getFirst();
    var packages = words.isEmpty() ? words : words.subList(1, words.size());
    if (!what.equals("key") && packages.isEmpty()) {
      throw new UsageException(
          """
          No package was named, expected PACKAGE: a folder, an archive, or the name of a folder in procedures.
          Maybe "./city help" shows what you mean.""");
    }
    return switch (what) {
      case "check", "test" -> ProcedureTrials.run(what.equals("check"), arguments, packages, out, err);
      case "pack" -> pack(arguments, packages, out, err);
      case "sign" -> sign(arguments, packages, out, err);
      case "verify" -> verify(arguments, packages, out, err);
      case "diff" -> diff(packages, out, err);
      case "key" -> key(arguments, out);
      default -> throw new UsageException(
          """
          "%s" is nothing that can be done with procedures, expected check, test, pack, sign, verify, diff or key.
          Maybe "./city help" shows what you mean."""
              .formatted(what));
    };
  }

  private static int pack(Arguments arguments, List<String> packages, PrintStream out, PrintStream err)
      throws IOException {
    var source = PackageSource.find(one(packages));
    var pack = source.pack(err);
    if (pack == null) {
      return 2;
    }
    var archive = PackageArchive.pack(source.files());
    var file = Path.of(arguments.get("out", pack.manifest().key() + "-" + pack.manifest().version() + ".zip"));
    Files.write(file, archive);
    out.println("%s %s %s".formatted(file, pack.id(), pack.digest()));
    return 0;
  }

  private static int sign(Arguments arguments, List<String> packages, PrintStream out, PrintStream err)
      throws IOException {
    var source = PackageSource.find(one(packages));
    var named = arguments.find("key");
    if (named == null) {
      throw new UsageException("""
                               There is no --key FILE, expected the key that signs.
                               Maybe make one with "./city procedures key --out FILE".""");
    }
    var pack = source.pack(err);
    if (pack == null) {
      return 2;
    }
    try {
      var keys = PackageSignature.keysOf(text(Path.of(named)));
      var archive = PackageArchive.pack(source.files());
      var file = Path.of(arguments.get("out", pack.manifest().key() + "-" + pack.manifest().version() + ".sig.json"));
      Files.write(file, PackageSignature.sign(pack, archive, keys.getPrivate(), keys.getPublic()).toJson());
      out.println("%s %s signed with key %s".formatted(file, pack.id(), PackageSignature.idOf(keys.getPublic())));
      return 0;
    } catch (GeneralSecurityException e) {
      throw new UsageException("""
                               --key names %s, which holds no Ed25519 key with both halves.
                               Maybe make one with "./city procedures key --out FILE".""".formatted(named));
    }
  }

  private static int verify(Arguments arguments, List<String> packages, PrintStream out, PrintStream err)
      throws IOException {
    var source = PackageSource.find(one(packages));
    var named = arguments.find("key");
    var signatureFile = arguments.find("signature");
    if (named == null || signatureFile == null) {
      throw new UsageException("verify needs --signature FILE and --key FILE, the public key of the origin.");
    }
    var file = Path.of(signatureFile);
    if (!Files.isRegularFile(file) || Files.size(file) > KEY_BYTES) {
      throw new UsageException("--signature names %s, which is no signature.".formatted(file));
    }
    var signature = PackageSignature.parse(Files.readAllBytes(file));
    if (signature.isEmpty()) {
      err.println("%s is no signature of a package, expected what \"./city procedures sign\" writes.".formatted(file));
      return 2;
    }
    try {
      var troubles = signature.get().troublesOf(source.archive(), PackageSignature.publicOf(text(Path.of(named))));
      troubles.forEach(out::println);
      if (troubles.isEmpty()) {
        out.println("%s %s of %s, signed with key %s: nothing was changed".formatted(signature.get().key(),
            signature.get().version(), signature.get().origin(), signature.get().keyId()));
      }
      return troubles.isEmpty() ? 0 : 1;
    } catch (GeneralSecurityException e) {
      throw new UsageException("--key names %s, which holds no public Ed25519 key.".formatted(named));
    }
  }

  private static int diff(List<String> packages, PrintStream out, PrintStream err) throws IOException {
    if (packages.size() != 2) {
      throw new UsageException("diff needs two packages, the older one first; %d were named.".formatted(
          packages.size()));
    }
    var before = PackageSource.find(packages.getFirst()).pack(err);
    var after = PackageSource.find(packages.getLast()).pack(err);
    if (before == null || after == null) {
      return 2;
    }
    if (!before.manifest().key().equals(after.manifest().key())) {
      throw new UsageException("The packages are %s and %s, expected two versions of one procedure.".formatted(
          before.id(), after.id()));
    }
    var diff = PackageDiff.between(before, after);
    out.println("%s -> %s: %s".formatted(before.id(), after.id(),
        diff.level().map(level -> level.name().toLowerCase(java.util.Locale.ROOT)).orElse("no difference")));
    diff.differences().forEach(one -> out.println("  " + one));
    diff.versionFinding().ifPresent(finding -> out.println(finding));
    return diff.versionFinding().isPresent() ? 1 : 0;
  }

  private static int key(Arguments arguments, PrintStream out) throws IOException {
    var named = arguments.find("out");
    if (named == null) {
      throw new UsageException("key needs --out FILE, where the new key is written.");
    }
    var keys = PackageSignature.newKeys();
    var file = Path.of(named);
    var shown = Path.of(named + ".pub");
    try {
      Files.writeString(shown, PackageSignature.pem(keys.getPublic()), StandardOpenOption.CREATE_NEW);
      Files.writeString(file, "", StandardOpenOption.CREATE_NEW);
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      Files.writeString(file, PackageSignature.pem(keys));
    } catch (FileAlreadyExistsException e) {
      if (Path.of(e.getFile()).equals(file)) {
        Files.delete(shown);
      }
      throw new UsageException("%s is there already, expected a new file: a key is never overwritten.".formatted(
          e.getFile()));
    }
    out.println("%s (keep it secret), %s (give it to others): key %s".formatted(file, shown,
        PackageSignature.idOf(keys.getPublic())));
    return 0;
  }

  private static String one(List<String> packages) {
    if (packages.size() != 1) {
      throw new UsageException("%d packages were named, expected one.".formatted(packages.size()));
    }
    return packages.getFirst();
  }

  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > KEY_BYTES) {
      throw new UsageException("%s is no key file, expected what \"./city procedures key\" writes.".formatted(file));
    }
    return Files.readString(file);
  }

  /**
   * Where a package was found.
   *
   * @param folder null for an archive
   * @param archiveFile null for a folder
   */
  record PackageSource(String name, @Nullable Path folder, @Nullable Path archiveFile) {
    /** Looks for a folder, an archive, or a folder of this name among those that come with the program. */
    static PackageSource find(String name) {
      var path = Path.of(name);
      if (Files.isDirectory(path)) {
        return new PackageSource(name, path, null);
      }
      if (Files.isRegularFile(path)) {
        return new PackageSource(name, null, path);
      }
      var shipped = Path.of(System.getProperty("city.home", "."), "procedures").resolve(path);
      if (Files.isDirectory(shipped)) {
        return new PackageSource(name, shipped, null);
      }
      throw new UsageException("There is no package %s, expected a folder, an archive, or a folder of procedures."
          .formatted(name));
    }

    /** The files of the package. */
    Map<String, byte[]> files() throws IOException {
      return folder != null ? PackageReader.filesOf(folder) : PackageArchive.unpack(archive());
    }

    /** The archive as it stands, or of the folder. */
    byte[] archive() throws IOException {
      if (archiveFile == null) {
        return PackageArchive.pack(files());
      }
      try (var in = Files.newInputStream(archiveFile)) {
        return in.readNBytes(PackageArchive.MOST_BYTES * 2);
      }
    }

    PackageReader.Reading read() throws IOException {
      return folder != null ? PackageReader.readFolder(folder) : PackageReader.readArchive(archive());
    }

    /** The package; null if it has errors, which are then told. */
    @Nullable
    ProcedurePackage pack(PrintStream err) throws IOException {
      var reading = read();
      reading.findings().stream().filter(Finding::error).forEach(err::println);
      return reading.pack().orElse(null);
    }
  }
}
