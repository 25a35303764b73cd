package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Whom the current municipality trusts, and what they offer. */
@Service
public class Origins {
  private final JdbcClient jdbc;
  private final OriginDoor door;
  private final PackageStore packages;
  private final AuditLog audit;
  private final TransactionTemplate transaction;

  Origins(JdbcClient jdbc, OriginDoor door, PackageStore packages, AuditLog audit, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.door = door;
    this.packages = packages;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** All, those that are trusted first, by name. */
  public List<Origin> listAll() {
    return jdbc.sql("select * from procedure_origin order by revoked_at is not null, name, id").query(Origin::read)
        .list();
  }

  /** @throws CityProblem {@code origin-not-found} (404) */
  public Origin get(long id) {
    return jdbc.sql("select * from procedure_origin where id = ?").param(id).query(Origin::read).optional()
        .orElseThrow(() -> new CityProblem("origin-not-found", HttpStatus.NOT_FOUND,
            "There is no origin %d here, expected one of the list.\nMaybe go back to it.".formatted(id)));
  }

  /**
   * Trusts whoever publishes at {@code address} with exactly this key; an origin that is known gets the new key.
   *
   * @param typedKey the key as a person typed or confirmed it
   * @throws CityProblem {@code origin-key} (422) if another key signs there; further ones of {@link OriginDoor} and
   *     {@link IndexCheck}
   */
  public Origin trust(String address, String typedKey) {
    var place = door.normalised(address);
    var document = door.index(place);
    var index = IndexCheck.read(document);
    var found = Ed25519.idOf(index.key());
    if (!Ed25519.parseId(typedKey).equals(found)) {
      throw new CityProblem("origin-key", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          %s signs with the key %s, which is not the one that was typed.
          Maybe ask there by phone or letter, and type the key that they name.""".formatted(index.name(),
              Ed25519.words(found)),
          java.util.Map.of("key", Ed25519.words(found)));
    }
    var accepted = IndexCheck.check(new IndexCheck.Pinned(found, index.key(), 0), document, Instant.now());
    return transaction.execute(running -> {
      long id = jdbc.sql("""
                         insert into procedure_origin (municipality_id, address, name, key_id, public_key)
                         values (?, ?, ?, ?, ?) on conflict (municipality_id, address) do update
                         set key_id = excluded.key_id, public_key = excluded.public_key, revoked_at = null,
                           sequence = case when procedure_origin.key_id = excluded.key_id
                             then procedure_origin.sequence else 0 end, trusted_at = now()
                         returning id
                         """).params(CurrentMunicipality.get().id(), place, index.name(), found, index.key())
          .query(Long.class).single();
      keep(get(id), accepted, document);
      audit.record(AuditEntry.of("procedure-origin.trusted", "procedure origin " + id).with("key", found));
      return get(id);
    });
  }

  /** Trusts another municipality of this installation with the key that it signs with now: both are in one house. */
  public Origin trustNeighbour(String slug) {
    if (OriginDoor.isElsewhere(slug)) {
      throw new IllegalArgumentException("%s is no municipality of this installation.".formatted(slug));
    }
    return trust(slug, Ed25519.idOf(IndexCheck.read(door.index(slug)).key()));
  }

  /** Trusts them no longer: nothing new comes from there; what is in use stays in use. */
  public void revoke(long id) {
    transaction.executeWithoutResult(running -> {
      if (jdbc.sql("update procedure_origin set revoked_at = now() where id = ? and revoked_at is null").param(id)
          .update() > 0) {
        audit.record(AuditEntry.of("procedure-origin.revoked", "procedure origin " + id));
      }
    });
  }

  /** Looks whether there is something new. What is wrong is kept beside the origin and returned; empty if all is well. */
  public Optional<CityProblem> check(long id) {
    var origin = get(id);
    if (!origin.isTrusted()) {
      return Optional.empty();
    }
    try {
      var document = door.index(origin.address());
      var accepted = IndexCheck.check(new IndexCheck.Pinned(origin.keyId(), origin.publicKey(), origin.sequence()),
          document, Instant.now());
      transaction.executeWithoutResult(running -> keep(origin, accepted, document));
      return Optional.empty();
    } catch (CityProblem e) {
      var words = String.valueOf(e.getMessage());
      jdbc.sql("update procedure_origin set checked_at = now(), problem = ? where id = ?")
          .params(words.length() > 1000 ? words.substring(0, 1000) : words, id).update();
      return Optional.of(e);
    }
  }

  private void keep(Origin origin, IndexCheck.Accepted accepted, byte[] document) {
    var index = accepted.index();
    jdbc.sql("""
             update procedure_origin set key_id = ?, public_key = ?, sequence = ?, issued_at = ?, checked_at = now(),
               problem = null, document = ?, name = ?
             where id = ? and sequence <= ?
             """).param(accepted.keyId()).param(accepted.publicKey()).param(index.sequence())
        .param(index.issued().atOffset(ZoneOffset.UTC)).param(document).param(index.name()).param(origin.id())
        .param(index.sequence()).update();
    if (!accepted.keyId().equals(origin.keyId())) {
      audit.record(AuditEntry.of("procedure-origin.key-changed", "procedure origin " + origin.id())
          .with("before", origin.keyId()).with("after", accepted.keyId()));
    }
  }

  /** What an origin offers, as we know it; empty if we know nothing. */
  public List<OfferIndex.Entry> offersOf(long id) {
    return jdbc.sql("select document from procedure_origin where id = ? and document is not null").param(id)
        .query(byte[].class).optional().map(IndexCheck::read).map(OfferIndex::packages).orElse(List.of());
  }

  /**
   * Takes a package from an origin: it must be in its index, signed with its key and be exactly these bytes.
   *
   * @throws CityProblem {@code package-not-offered} (404), {@code package-bytes}, {@code package-signature}, {@code
   *     package-invalid}, {@code package-other} (422) or {@code package-changed} (409)
   */
  public ProcedurePackage take(long id, String digest) {
    var origin = get(id);
    var entry = offersOf(id).stream().filter(each -> each.digest().equals(digest)).findFirst()
        .filter(each -> origin.isTrusted()).orElseThrow(() -> new CityProblem("package-not-offered",
            HttpStatus.NOT_FOUND, "%s does not offer the package %s, expected one of its index.\nMaybe look again."
                .formatted(origin.name(), digest)));
    var known = packages.find(digest);
    if (known.isPresent()) {
      return known.get();
    }
    var archive = door.archive(origin.address(), digest);
    if (!Ed25519.digest(archive).equals(digest)) {
      throw refused("package-bytes", """
                                     The archive of %s %s has the SHA-256 %s, expected %s as in the index.
                                     Maybe it was changed on its way; nothing was taken."""
          .formatted(entry.key(), entry.version(), Ed25519.digest(archive), digest));
    }
    var signature = door.signature(origin.address(), digest);
    if (!Ed25519.troublesOf(signature, archive, origin.publicKey()).isEmpty()) {
      throw refused("package-signature", """
                                         The signature of %s %s does not fit, expected one by the key %s.
                                         Maybe the origin has changed its key; look for news first."""
          .formatted(entry.key(), entry.version(), origin.keyWords()));
    }
    var pack = packages.read(archive);
    if (!pack.manifest().key().equals(entry.key()) || !pack.manifest().version().toString().equals(entry.version())) {
      throw refused("package-other", "The archive holds %s, expected %s %s as the index says.\nMaybe tell the origin."
          .formatted(pack.id(), entry.key(), entry.version()));
    }
    return packages.keep(pack, archive, signature, origin.keyId());
  }

  private static CityProblem refused(String slug, String message) {
    return new CityProblem(slug, HttpStatus.UNPROCESSABLE_CONTENT, message);
  }
}
