package de.citycloud.platform.cli;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.database.Backup;
import de.citycloud.platform.database.Restore;
import de.citycloud.platform.privacy.AfterRestore;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code backup FILE} and {@code restore FILE}: everything the store holds, in one file. */
final class BackupCommands {
  private BackupCommands() {}

  static int backup(Arguments arguments, PrintStream out, PrintStream err) throws Exception {
    arguments.expect("FILE");
    var file = Path.of(arguments.positions().getFirst());
    var folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException("""
                               FILE is %s, but its folder does not exist.
                               Maybe make the folder first.""".formatted(file));
    }
    var data = City.properties(arguments);
    if (data.url() == null && !Files.isDirectory(data.data().resolve("postgresql"))) {
      throw new IllegalStateException("""
                                      There is no store in the data folder %s, so nothing to back up.
                                      Maybe name the program's folder with --data.""".formatted(data.data()));
    }
    var summary = Backup.write(data, file);
    City.record(arguments, actor -> AuditEntry.of("store.backed-up", "store", actor).with("rows", summary.rows()),
        false);
    out.println("%s: %d tables, %d rows, %d bytes".formatted(file, summary.tables(), summary.rows(), Files.size(file)));
    return 0;
  }

  static int restore(Arguments arguments, PrintStream out, PrintStream err) throws Exception {
    arguments.expect("FILE");
    var file = Path.of(arguments.positions().getFirst());
    var data = City.properties(arguments);
    var summary = Restore.read(data, file, arguments.find("force") != null);
    City.record(arguments, actor -> AuditEntry.of("store.restored", "store", actor).with("rows", summary.rows()), true);
    out.println("Restored %d tables, %d rows.".formatted(summary.tables(), summary.rows()));
    var keys = arguments.find("keys");
    var erased = AfterRestore.replay(data, summary.at(), keys == null ? null : Path.of(keys));
    out.println("%d key(s) of persons came back; %d newer erasure(s) are done again before the program answers."
        .formatted(erased.keys(), erased.erasures()));
    return 0;
  }
}
