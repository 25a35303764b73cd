package de.citycloud.platform.database;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backup holds; its last entry, {@code manifest.json}.
 *
 * @param format version of this form, 1
 * @param createdAt when the snapshot was taken
 * @param postgres version of the server
 * @param migrations versions of the applied migrations, in order of application
 * @param partitions parts of partitioned tables, parents first
 * @param tables all tables that hold rows of their own, those they refer to first
 * @param sequences all sequences, by name
 */
record BackupManifest(int format, Instant createdAt, String postgres, List<String> migrations,
    List<Partition> partitions, List<Table> tables, List<Sequence> sequences) {
  static final int FORMAT = 1;
  static final String ENTRY = "manifest.json";

  /**
   * A table; its rows are the entry {@link #entry}, as PostgreSQL's COPY writes text.
   *
   * @param name with schema, quoted where needed
   * @param columns in the order of the rows, quoted where needed
   * @param rows how many
   * @param sha256 of the entry, hexadecimal
   */
  record Table(String name, List<String> columns, long rows, String sha256) {
    String entry() {
      return "tables/" + name + ".copy";
    }
  }

  /**
   * A part of a partitioned table.
   *
   * @param name with schema
   * @param parent with schema
   * @param bounds {@code FOR VALUES …} or {@code DEFAULT}
   * @param partitionBy how it is divided further; null if it is not
   * @param walled true if row-level security stands on the part itself
   */
  record Partition(String name, String parent, String bounds, @Nullable String partitionBy, boolean walled) {}

  /** Where a sequence stands; {@code called} as {@code setval} means it. */
  record Sequence(String name, long value, boolean called) {}
}
