package de.citycloud.platform.procedure.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.exchange.OfferIndex.Revocation;
import de.citycloud.platform.procedure.exchange.OfferIndex.Rotation;
import de.citycloud.platform.procedure.pack.Words;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is believed of an index, and what is not. */
class IndexCheckTest {
  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
  private final KeyPair first = pair();
  private final KeyPair second = pair();
  private final KeyPair third = pair();

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] index(KeyPair key, long sequence, List<Rotation> rotations, List<Revocation> revocations) {
    var entry = new OfferIndex.Entry("hundesteuer", "1.0.0", "ab".repeat(32), new Words("Hundesteuer", "Dog tax", null),
        new Words("Hund anmelden", "Register a dog", null), "animals", List.of("Hund"),
        new Words("Erste Fassung", "First version", null), NOW, null, List.of("Heilbronn"));
    var index = new OfferIndex(1, "ludwigsburg", "Ludwigsburg", NOW.minusSeconds(60), sequence,
        key.getPublic().getEncoded(), rotations, revocations, List.of(entry));
    return SignedDocument.seal(index.toJson(), OfferIndex.USE,
        content -> Ed25519.sign(key.getPrivate().getEncoded(), content));
  }

  private static Rotation vouch(KeyPair by, KeyPair next) {
    return new Rotation(id(by), next.getPublic().getEncoded(), Ed25519.sign(by.getPrivate().getEncoded(),
        Rotation.statement("ludwigsburg", next.getPublic().getEncoded())));
  }

  private static Revocation revoke(KeyPair key, KeyPair signer) {
    return new Revocation(key.getPublic().getEncoded(), Ed25519.sign(signer.getPrivate().getEncoded(),
        Revocation.statement("ludwigsburg", key.getPublic().getEncoded())));
  }

  private static String id(KeyPair key) {
    return Ed25519.idOf(key.getPublic().getEncoded());
  }

  private IndexCheck.Accepted check(long seen, byte[] document) {
    return IndexCheck.check(new IndexCheck.Pinned(id(first), first.getPublic().getEncoded(), seen), document, NOW);
  }

  private void assertRefused(String slug, long seen, byte[] document) {
    assertThatThrownBy(() -> check(seen, document)).isInstanceOfSatisfying(CityProblem.class,
        problem -> assertThat(problem.slug()).isEqualTo(slug)).hasMessageContaining("\n");
  }

  @Test
  void aSignedIndexSaysWhatItSaid() {
    var accepted = check(0, index(first, 1, List.of(), List.of()));
    assertThat(accepted.keyId()).isEqualTo(id(first));
    assertThat(accepted.index().packages()).singleElement().satisfies(entry -> {
      assertThat(entry.name().en()).isEqualTo("Dog tax");
      assertThat(entry.usedBy()).containsExactly("Heilbronn");
      assertThat(entry.matches("HUND anm")).isTrue();
      assertThat(entry.matches("katze")).isFalse();
    });
  }

  @Test
  void anyChangedByteIsRefused() {
    var document = index(first, 1, List.of(), List.of());
    var random = new Random(200);
    for (int i = 0; i < 300; i++) {
      int at = i < document.length ? random.nextInt(document.length) : i;
      var changed = document.clone();
      changed[at] ^= (byte) (1 << random.nextInt(7));
      var place = "byte %d, seed 200".formatted(at);
      assertThatThrownBy(() -> check(0, changed)).as(place).isInstanceOf(CityProblem.class);
    }
  }

  @Test
  void foreignKeysForgedSignaturesAndOldCopiesAreRefused() {
    assertRefused("index-key-unknown", 0, index(second, 1, List.of(), List.of()));
    var forged = index(second, 1, List.of(), List.of());
    var claims = new String(forged, StandardCharsets.UTF_8).replace(base64(second), base64(first));
    assertRefused("index-signature", 0, claims.getBytes(StandardCharsets.UTF_8));
    assertRefused("index-older", 5, index(first, 4, List.of(), List.of()));
    assertThat(check(5, index(first, 5, List.of(), List.of())).index().sequence()).isEqualTo(5);
    assertRefused("index-unreadable", 0, "{}".getBytes(StandardCharsets.UTF_8));
    assertRefused("index-unreadable", 0, new byte[OfferIndex.MAX_BYTES + 1]);
    assertThatThrownBy(() -> IndexCheck.check(new IndexCheck.Pinned(id(first), first.getPublic().getEncoded(), 0),
        index(first, 1, List.of(), List.of()), NOW.minusSeconds(3600))).hasMessageContaining("clock");
  }

  private static String base64(KeyPair key) {
    return java.util.Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
  }

  @Test
  void aKeyIsFollowedOverThoseThatVouchForTheNextOne() {
    var chain = List.of(vouch(second, third), vouch(first, second));
    assertThat(check(0, index(third, 9, chain, List.of())).keyId()).isEqualTo(id(third));
    assertRefused("index-key-unknown", 0, index(third, 9, List.of(vouch(second, third)), List.of()));
    var pretended = new Rotation(id(first), third.getPublic().getEncoded(), vouch(second, third).signature());
    assertRefused("index-key-unknown", 0, index(third, 9, List.of(pretended), List.of()));
  }

  @Test
  void aKeyThatRevokesItselfIsTrustedNoMoreAlsoNotForTheNextOne() {
    var revoked = List.of(revoke(first, first));
    assertRefused("index-key-revoked", 0, index(second, 9, List.of(vouch(first, second)), revoked));
    assertRefused("index-key-revoked", 0, index(first, 9, List.of(), revoked));
    assertThat(check(0, index(second, 9, List.of(vouch(first, second)), List.of(revoke(first, second)))).keyId())
        .as("nobody else can revoke it").isEqualTo(id(second));
  }

  @Test
  void aSignatureForOneUseIsNoneForAnother() {
    var content = index(first, 1, List.of(), List.of());
    var parts = SignedDocument.parse(content).orElseThrow();
    assertThat(parts.isBy(first.getPublic().getEncoded(), OfferIndex.USE)).isTrue();
    assertThat(parts.isBy(first.getPublic().getEncoded(), Feedback.USE)).isFalse();
  }

  @Test
  void keysAreReadAsPeopleTypeThem() {
    var id = id(first);
    assertThat(Ed25519.parseId(Ed25519.words(id).toUpperCase(java.util.Locale.ROOT))).isEqualTo(id);
    assertThat(Ed25519.parseId(id.substring(1))).isEmpty();
  }
}
