package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.problem.CityProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** Whether an index may be believed, given the key that a person pinned. */
final class IndexCheck {
  /** Clocks of two towns may differ by this much. */
  private static final Duration CLOCKS = Duration.ofMinutes(10);

  private IndexCheck() {}

  /** @param keyId of the pinned key @param publicKey X.509 @param sequence the highest seen; 0 for none */
  record Pinned(String keyId, byte[] publicKey, long sequence) {}

  /** A believable index. @param publicKey that signed it; another one than before if the origin changed its key */
  record Accepted(OfferIndex index, String keyId, byte[] publicKey) {}

  /**
   * Checks form, key, signature and sequence.
   *
   * @throws CityProblem {@code index-unreadable}, {@code index-key-revoked}, {@code index-key-unknown}, {@code
   *     index-signature}, {@code index-older} or {@code index-from-tomorrow} (each 422)
   */
  static Accepted check(Pinned pinned, byte[] document, Instant now) {
    var index = read(document);
    var revoked = index.revocations().stream().filter(each -> each.isTrue(index.origin()))
        .map(each -> Ed25519.idOf(each.key())).collect(Collectors.toSet());
    follow(pinned, index, revoked);
    var signed = SignedDocument.parse(document).orElseThrow();
    if (!signed.isBy(index.key(), OfferIndex.USE)) {
      throw refused("index-signature", """
                                       The signature of the index of %s does not fit, expected one by the key %s.
                                       Maybe it was changed on its way; ask the origin."""
          .formatted(index.name(), Ed25519.words(Ed25519.idOf(index.key()))));
    }
    if (index.sequence() < pinned.sequence) {
      throw refused("index-older", """
                                   The index of %s has the number %d, expected %d or more.
                                   Maybe an old copy was put in its place; what we know stays as it is.\
                                   """.formatted(index.name(), index.sequence(), pinned.sequence));
    }
    if (index.issued().isAfter(now.plus(CLOCKS))) {
      throw refused("index-from-tomorrow", """
                                           The index of %s was issued at %s, expected a time that has passed.
                                           Maybe the clock of the origin, or ours, is wrong."""
          .formatted(index.name(), index.issued()));
    }
    return new Accepted(index, Ed25519.idOf(index.key()), index.key());
  }

  /** The index without any trust, to show whose it is. */
  static OfferIndex read(byte[] document) {
    try {
      if (document.length <= OfferIndex.MAX_BYTES) {
        return SignedDocument.parse(document).map(SignedDocument::content).map(OfferIndex::parse)
            .orElseThrow(() -> new IllegalArgumentException("no signature"));
      }
    } catch (RuntimeException e) {
      // Jackson and the records say in many ways that it is none; which one helps nobody.
    }
    throw refused("index-unreadable", """
                                      What came has %d bytes and is no index, expected a signed one of format 1.
                                      Maybe the address is not that of a municipality of this platform."""
        .formatted(document.length));
  }

  /** From the pinned key to the one that signed, over keys that vouched for the next one. */
  private static void follow(Pinned pinned, OfferIndex index, Set<String> revoked) {
    var target = Ed25519.idOf(index.key());
    var id = pinned.keyId;
    var key = pinned.publicKey;
    for (int steps = 0; steps <= index.rotations().size(); steps++) {
      if (revoked.contains(id)) {
        throw refused("index-key-revoked", """
                                           %s says that its key %s must not be trusted any more; the new one is %s.
                                           Maybe ask there by phone, and confirm the new key if it is theirs.\
                                           """.formatted(index.name(), Ed25519.words(id), Ed25519.words(target)));
      }
      if (id.equals(target)) {
        return;
      }
      var by = id;
      var voucher = key;
      var next = index.rotations().stream().filter(each -> each.by().equals(by) && Ed25519.isSigned(voucher,
          OfferIndex.Rotation.statement(index.origin(), each.key()), each.signature())).findFirst();
      if (next.isEmpty()) {
        break;
      }
      key = next.get().key();
      id = Ed25519.idOf(key);
    }
    throw refused("index-key-unknown", """
                                       The index of %s is signed with the key %s, expected %s.
                                       Maybe it is from somebody else; ask there by phone before you confirm a new key.\
                                       """.formatted(index.name(), Ed25519.words(target),
        Ed25519.words(pinned.keyId)));
  }

  private static CityProblem refused(String slug, String message) {
    return new CityProblem(slug, HttpStatus.UNPROCESSABLE_CONTENT, message);
  }
}
