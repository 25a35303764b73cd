package de.citycloud.platform.privacy;

import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.database.StoreVisit;
import de.citycloud.platform.privacy.keys.ErasureList;
import de.citycloud.platform.privacy.keys.KeyBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The second half of {@code ./city restore}: brings the keys of persons back if there are none, takes those of erased
 * persons away again, and marks what the modules have to erase once more before the program answers.
 */
public final class AfterRestore {
  private static final Duration MARGIN = Duration.ofHours(1);

  private AfterRestore() {}

  /**
   * What was done.
   *
   * @param keys keys that came back from their own backup
   * @param erasures erasures that are newer than the restored backup
   */
  public record Summary(int keys, int erasures) {}

  /**
   * Replays the list of erasures: what the key store, its backup and the file beside the database say together.
   *
   * @param backupAt moment of the restored backup
   * @param keys backup of the key store to read; null for the newest one in the data folder, if the store has no keys
   */
  public static Summary replay(DatabaseProperties properties, Instant backupAt, @Nullable Path keys)
      throws IOException {
    var folder = properties.data().resolve("keys");
    try (var visit = StoreVisit.open(properties)) {
      var access = visit.access();
      var owner = JdbcClient
          .create(new DriverManagerDataSource(access.url(), access.owner(), access.ownerPassword()));
      var from = keys;
      if (from == null
          && owner.sql("select not exists (select from keystore.person_key)").query(Boolean.class).single()) {
        from = new KeyBackup(folder).findNewest().orElse(null);
      }
      int back = from == null ? 0 : KeyBackup.read(owner, from);
      for (var line : new ErasureList(folder).readAll()) {
        KeyBackup.put(owner, line);
      }
      int gone = owner.sql("""
                           delete from keystore.person_key k using keystore.erasure e
                           where k.municipality_id = e.municipality_id and k.person = e.person
                             and k.created_at <= e.erased_at
                           """).update();
      // An erasure that ran while the backup began may bear an earlier time; doing one twice costs nothing.
      int again = owner.sql("update keystore.erasure set replay = true, replayed = true where erased_at > ?")
          .param(backupAt.minus(MARGIN).atOffset(ZoneOffset.UTC)).update();
      return new Summary(Math.max(0, back - gone), again);
    }
  }
}
