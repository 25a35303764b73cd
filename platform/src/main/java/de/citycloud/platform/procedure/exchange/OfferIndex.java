package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.procedure.pack.Version;
import de.citycloud.platform.procedure.pack.Words;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a municipality offers to others, as it publishes it: a file that changes only when something is published,
 * withdrawn or adopted, signed with its key.
 *
 * @param format 1
 * @param origin slug of the municipality
 * @param name of the municipality
 * @param issued when it was made; renewed at least once a day, so that a stale one can be told
 * @param sequence 1 or more, one more each time: an older one is refused
 * @param key with which it is signed, X.509
 * @param rotations how one key followed another
 * @param revocations keys that must not be trusted any more
 * @param packages newest first
 */
public record OfferIndex(int format, String origin, String name, Instant issued, long sequence, byte[] key,
    List<Rotation> rotations, List<Revocation> revocations, List<Entry> packages) {
  /** Largest index that is read, in bytes. */
  static final int MAX_BYTES = 2_000_000;
  /** Use of its signature. */
  static final String USE = "index";
  private static final int MOST_PACKAGES = 2_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public OfferIndex {
    rotations = List.copyOf(rotations);
    revocations = List.copyOf(revocations);
    packages = List.copyOf(packages);
    if (format != 1 || sequence < 1 || packages.size() > MOST_PACKAGES || rotations.size() > 50
        || revocations.size() > 50 || !origin.matches("[a-z0-9][a-z0-9-]{1,39}") || name.isBlank()
        || name.length() > 200 || issued.isBefore(Instant.EPOCH) || key.length > 100) {
      throw new IllegalArgumentException("The index is none of format 1, or breaks a limit.");
    }
  }

  /**
   * A key that the one before it vouched for.
   *
   * @param by id of the key before it
   * @param key the new one, X.509
   * @param signature of {@link #statement} by the key before it
   */
  public record Rotation(String by, byte[] key, byte[] signature) {
    public Rotation {
      if (!Ed25519.ID.matcher(by).matches() || key.length > 100 || signature.length != 64) {
        throw new IllegalArgumentException("A key of the index breaks a limit.");
      }
    }

    static byte[] statement(String origin, byte[] key) {
      return SignedDocument.signed("key of " + origin, key);
    }
  }

  /**
   * A key that says of itself that it must not be trusted any more. Nobody but its holders can say so.
   *
   * @param key X.509
   * @param signature of {@link #statement} by this key
   */
  public record Revocation(byte[] key, byte[] signature) {
    public Revocation {
      if (key.length > 100 || signature.length != 64) {
        throw new IllegalArgumentException("A revoked key of the index breaks a limit.");
      }
    }

    static byte[] statement(String origin, byte[] key) {
      return SignedDocument.signed("revoked key of " + origin, key);
    }

    boolean isTrue(String origin) {
      return Ed25519.isSigned(key, statement(origin, key), signature);
    }
  }

  /**
   * One version of one procedure. Its archive lies beside the index at {@code packages/<digest>.zip}, its signature at
   * {@code packages/<digest>.sig}.
   *
   * @param topic life situation, see the manifest
   * @param words what people search for besides the name, both languages
   * @param changes for adopters, in this version
   * @param withdrawn why it should not be used any more; null if it may
   * @param usedBy names of municipalities that use this procedure
   */
  public record Entry(String key, String version, String digest, Words name, Words summary, String topic,
      List<String> words,
      Words changes, Instant published, @Nullable String withdrawn, List<String> usedBy) {
    public Entry {
      words = List.copyOf(words);
      usedBy = List.copyOf(usedBy);
      if (!key.matches("[a-z][a-z0-9-]{2,59}") || Version.parse(version).isEmpty() || !digest.matches("[0-9a-f]{64}")
          || topic.length() > 40 || words.size() > 100 || usedBy.size() > 5_000
          || withdrawn != null && withdrawn.length() > 500 || name.de().length() > 500 || summary.de().length() > 2_000
          || changes.de().length() > 10_000 || published.isBefore(Instant.EPOCH)) {
        throw new IllegalArgumentException("The package %s of the index breaks a limit.".formatted(digest));
      }
    }

    /** The version as such. */
    public Version number() {
      return Version.parse(version).orElseThrow();
    }

    /** True if every word of {@code search} stands in it. */
    public boolean matches(String search) {
      var all = "%s %s %s %s %s %s".formatted(key, name.de(), name.en(), summary.de(), summary.en(), words)
          .toLowerCase(Locale.ROOT);
      return List.of(search.toLowerCase(Locale.ROOT).strip().split("\\s+")).stream().allMatch(all::contains);
    }
  }

  String toJson() {
    return JSON.writeValueAsString(this);
  }

  /** @throws RuntimeException of many kinds if it is none */
  static OfferIndex parse(byte[] json) {
    return JSON.readValue(json, OfferIndex.class);
  }
}
