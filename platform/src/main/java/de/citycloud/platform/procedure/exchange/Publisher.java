package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the current municipality offers to others: packages with its signature, and the index that names them. */
@Service
public class Publisher {
  private static final Duration RENEW = Duration.ofHours(20);

  private final JdbcClient jdbc;
  private final PublishingKeys keys;
  private final PackageStore packages;
  private final PackageReading reading;
  private final AuditLog audit;

  Publisher(JdbcClient jdbc, PublishingKeys keys, PackageStore packages, PackageReading reading, AuditLog audit) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.packages = packages;
    this.reading = reading;
    this.audit = audit;
  }

  /** Something that we offer. @param withdrawn why not any more; null if it is offered */
  public record Offer(String digest, String key, String version, Instant publishedAt, @Nullable String withdrawn) {}

  /** The index as it is served. */
  public record Index(long sequence, Instant issuedAt, byte[] document) {}

  /**
   * Publishes a package of ours; the same again changes nothing.
   *
   * @throws CityProblem {@code package-invalid}, {@code package-of-another} (422) or {@code package-changed} (409)
   */
  @Transactional
  public ProcedurePackage publish(byte[] archive) {
    var pack = reading.read(archive);
    var slug = CurrentMunicipality.get().slug();
    if (!pack.manifest().origin().equals(slug)) {
      throw new CityProblem("package-of-another", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          %s names "%s" as its origin, expected "%s".
          Maybe adopt it from there instead: whoever maintains a procedure publishes it.""".formatted(pack.id(),
              pack.manifest().origin(), slug));
    }
    if (findArchive(pack.digest()).isPresent()) {
      return pack;
    }
    var key = keys.active();
    packages.keep(pack, archive, keys.sign(pack, archive), key.id());
    boolean isNew = jdbc
        .sql("insert into procedure_offer (municipality_id, digest) values (?, ?) on conflict do nothing")
        .params(CurrentMunicipality.get().id(), pack.digest()).update() > 0;
    if (isNew) {
      renew();
      audit.record(AuditEntry.of("procedure.published", "procedure " + pack.id()).with("digest", pack.digest()));
    }
    return pack;
  }

  /**
   * Says that a version should not be used any more. It stays available to those who use it.
   *
   * @throws CityProblem {@code package-not-found} (404)
   */
  @Transactional
  public void withdraw(String digest, String reason) {
    var pack = packages.get(digest);
    if (jdbc.sql("""
                 update procedure_offer set withdrawn_at = now(), withdrawn_reason = ?
                 where digest = ? and withdrawn_at is null
                 """).params(reason, digest).update() > 0) {
      renew();
      audit.record(AuditEntry.of("procedure.withdrawn", "procedure " + pack.id()));
    }
  }

  /** What we offer, newest first. */
  public List<Offer> listOffers() {
    return jdbc.sql("""
                    select o.digest, p.key, p.version, o.published_at, o.withdrawn_reason
                    from procedure_offer o join procedure_package p using (municipality_id, digest)
                    order by o.published_at desc, p.key, string_to_array(p.version, '.')::int[] desc
                    """)
        .query((row, number) -> new Offer(row.getString(1), row.getString(2), row.getString(3),
            row.getObject(4, OffsetDateTime.class).toInstant(), row.getString(5)))
        .list();
  }

  /** The index; empty if nothing was published yet. */
  public Optional<Index> find() {
    return jdbc.sql("select sequence, issued_at, document from procedure_index")
        .query((row, number) -> new Index(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant(),
            row.getBytes(3)))
        .optional();
  }

  /** Archive of something that we offer, also if it was withdrawn: those who use it may need it again. */
  public Optional<byte[]> findArchive(String digest) {
    return jdbc
        .sql(
            "select archive from procedure_package join procedure_offer using (municipality_id, digest) where digest = ?")
        .param(digest).query(byte[].class).optional();
  }

  /** Signature of such an archive: a small JSON file. */
  public Optional<byte[]> findSignature(String digest) {
    return jdbc
        .sql("""
             select signature from procedure_package join procedure_offer using (municipality_id, digest)
             where digest = ?
             """).param(digest).query(byte[].class).optional();
  }

  /** A new key, with which everything is signed anew. @param lost true if the old one must not be trusted any more */
  @Transactional
  public void changeKey(boolean lost) {
    var key = lost ? keys.revoke() : keys.rotate();
    for (var offer : listOffers()) {
      var archive = findArchive(offer.digest).orElseThrow();
      var pack = packages.get(offer.digest);
      packages.keep(pack, archive, keys.sign(pack, archive), key.id());
    }
    renew();
  }

  /** Renews an index that was issued a day ago, so that its readers see that it is alive. */
  @Transactional
  public void renewIfOld() {
    if (find().filter(index -> index.issuedAt.isBefore(Instant.now().minus(RENEW))).isPresent()) {
      renew();
    }
  }

  /** Makes the index anew, with the next number. */
  @Transactional
  public void renew() {
    var key = keys.active(); // holds the lock of this municipality, so numbers never repeat
    var municipality = CurrentMunicipality.get();
    var issued = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long sequence = find().map(Index::sequence).orElse(0L) + 1;
    var all = keys.listAll();
    var index = new OfferIndex(1, municipality.slug(), municipality.name(), issued, sequence, key.publicKey(),
        all.stream().flatMap(each -> each.endorsement() == null || each.endorsedBy() == null
            ? Stream.empty()
            : Stream.of(new OfferIndex.Rotation(each.endorsedBy(), each.publicKey(), each.endorsement()))).toList(),
        all.stream().flatMap(each -> each.revocation() == null
            ? Stream.empty()
            : Stream.of(new OfferIndex.Revocation(each.publicKey(), each.revocation()))).toList(),
        listOffers().stream().map(this::entry).toList());
    jdbc.sql("""
             insert into procedure_index (municipality_id, sequence, issued_at, document) values (?, ?, ?, ?)
             on conflict (municipality_id) do update
             set sequence = excluded.sequence, issued_at = excluded.issued_at, document = excluded.document
             """).param(municipality.id()).param(sequence).param(issued.atOffset(ZoneOffset.UTC))
        .param(SignedDocument.seal(index.toJson(), OfferIndex.USE, keys::sign)).update();
  }

  private OfferIndex.Entry entry(Offer offer) {
    var manifest = packages.get(offer.digest).manifest();
    return new OfferIndex.Entry(offer.key, offer.version, offer.digest, manifest.name(), manifest.summary(),
        manifest.topic(),
        manifest.synonyms().values().stream().flatMap(List::stream).sorted().distinct().limit(100).toList(),
        manifest.changes().getFirst().adopters(), offer.publishedAt, offer.withdrawn, usersOf(offer.key));
  }

  /** Towns whose last word on this procedure was that they use it, as far as we know them. */
  private List<String> usersOf(String key) {
    return jdbc.sql("""
                    select distinct sender from (
                      select distinct on (sender_key) sender, kind from procedure_feedback
                      where key = ? and known and kind <> 'words' order by sender_key, sent_at desc, received_at desc
                    ) last where kind = 'adopted' order by sender limit 5000
                    """).param(key).query(String.class).list();
  }
}
