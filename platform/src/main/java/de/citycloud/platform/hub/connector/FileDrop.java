package de.citycloud.platform.hub.connector;

import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The door for files: what lies in {@code <data>/in/{municipality}/{source}/} is read and moved to {@code done} or, with
 * the reason beside it, to {@code failed}. A file is read once its size stayed the same for one look; names that begin
 * with a dot or end in {@code .part} or {@code .tmp} are still being written. Each folder keeps the last 200 files.
 */
@Component
class FileDrop {
  private static final Logger LOG = LoggerFactory.getLogger(FileDrop.class);
  private static final long MAX_BYTES = 512L << 20;
  private static final int KEPT = 200;
  private static final int AT_ONCE = 100;

  private final Sources sources;
  private final SourceTable table;
  private final Municipalities municipalities;
  private final Path root;
  private Map<Path, Long> sizes = new HashMap<>();

  FileDrop(Sources sources, SourceTable table, Municipalities municipalities, DatabaseProperties properties) {
    this.sources = sources;
    this.table = table;
    this.municipalities = municipalities;
    this.root = properties.data().resolve("in");
  }

  @Scheduled(initialDelay = 2_000, fixedDelayString = "${city.source-clock.check-ms:1000}")
  synchronized void look() {
    if (!Files.isDirectory(root)) {
      return;
    }
    var seen = new HashMap<Path, Long>();
    for (var town : folders(root)) {
      municipalities.findBySlug(String.valueOf(town.getFileName()))
          .ifPresent(municipality -> CurrentMunicipality.run(municipality, () -> folders(town).forEach(folder -> {
            var key = String.valueOf(folder.getFileName());
            if (table.find(key).isPresent()) {
              files(folder, seen).forEach(file -> take(key, folder, file));
            }
          })));
    }
    sizes = seen;
  }

  /** Finished files of a folder, oldest first. */
  private List<Path> files(Path folder, Map<Path, Long> seen) {
    try (var all = Files.list(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).filter(file -> {
        var name = String.valueOf(file.getFileName());
        return !name.startsWith(".") && !name.endsWith(".part") && !name.endsWith(".tmp");
      }).filter(file -> {
        long size = size(file);
        seen.put(file, size);
        return size >= 0 && sizes.getOrDefault(file, -1L) == size;
      }).sorted(Comparator.comparing(FileDrop::modified).thenComparing(Path::getFileName)).limit(AT_ONCE).toList();
    } catch (IOException e) {
      LOG.warn("The folder {} cannot be read: {}", folder, e.toString());
      return List.of();
    }
  }

  private void take(String key, Path folder, Path file) {
    try {
      if (size(file) > MAX_BYTES) {
        fail(folder, file, "The file has %,d bytes, expected at most %,d.".formatted(size(file), MAX_BYTES));
        return;
      }
      try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        sources.receive(key, String.valueOf(file.getFileName()), in, Instant.now());
      }
      move(folder, file, "done");
    } catch (CityProblem e) {
      if (e.status().value() == 503 || e.status().value() == 409) {
        return; // it stays and is tried again
      }
      fail(folder, file, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      LOG.warn("The file {} cannot be taken: {}", file, e.toString());
      fail(folder, file, "The file cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private void fail(Path folder, Path file, String reason) {
    try {
      var target = move(folder, file, "failed");
      Files.writeString(target.resolveSibling(target.getFileName() + ".reason.txt"), reason + "\n");
    } catch (IOException e) {
      LOG.error("The file {} cannot be moved to failed: {}", file, e.toString());
    }
  }

  private static Path move(Path folder, Path file, String to) throws IOException {
    var target = Files.createDirectories(folder.resolve(to));
    var stamp = Instant.now().toString().replace(":", "").replace("-", "");
    var moved = Files.move(file, target.resolve(stamp + "-" + file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    try (var old = Files.list(target)) {
      for (var one : old.sorted(Comparator.comparing(Path::getFileName).reversed()).skip(KEPT).toList()) {
        Files.deleteIfExists(one);
      }
    }
    return moved;
  }

  private static List<Path> folders(Path parent) {
    try (var all = Files.list(parent)) {
      return all.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return -1;
    }
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }
}
