package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.adoption.Adoption.Activation;
import de.citycloud.platform.procedure.exchange.Origin;
import de.citycloud.platform.procedure.exchange.Origins;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.exchange.Publisher;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Version;
import de.citycloud.platform.procedure.pack.Words;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What staff sees of our procedures: which version applies, what comes, what its origin says. */
@Component
class Overview {
  private final AdoptionStore store;
  private final PackageStore packages;
  private final Origins origins;
  private final Publisher publisher;

  Overview(AdoptionStore store, PackageStore packages, Origins origins, Publisher publisher) {
    this.store = store;
    this.packages = packages;
    this.origins = origins;
    this.publisher = publisher;
  }

  /** Whether it is offered. */
  enum State {
    OFFERED, PLANNED, STOPPED, IN_PREPARATION
  }

  /**
   * One procedure of ours.
   *
   * @param pack the version in use, else the one that is prepared
   * @param update a newer version that may be adopted; null if there is none
   * @param withdrawn why the version in use was withdrawn; null if it was not
   */
  record Row(String key, Words name, State state, Version version, String origin, @Nullable Known update,
      @Nullable String withdrawn) {}

  /** A version that the origin offers. @param here whether we have its content @param withdrawn null if it may be used */
  record Known(String digest, Version version, boolean here, @Nullable Words changes, @Nullable String withdrawn) {}

  /** A version in time. @param version null: not offered @param running whether it applies now */
  record Span(long id, @Nullable String digest, @Nullable Version version, Instant from, boolean running,
      boolean planned) {}

  List<Row> rows() {
    return store.listAll().stream().map(this::row).sorted(Comparator.comparing(row -> row.name.de())).toList();
  }

  Row row(Adoption adoption) {
    return row(adoption, spans(adoption.key()), versions(adoption));
  }

  /** The same, from what {@link #spans} and {@link #versions} gave. */
  Row row(Adoption adoption, List<Span> spans, List<Known> versions) {
    var running = spans.stream().filter(Span::running).findFirst();
    var pack = packages.get(running.map(Span::digest).orElse(adoption.chosen()));
    var update = versions.stream().filter(each -> each.withdrawn == null)
        .filter(each -> each.version.compareTo(pack.manifest().version()) > 0)
        .filter(each -> spans.stream().noneMatch(span -> span.planned && each.digest.equals(span.digest))).findFirst();
    return new Row(adoption.key(), pack.manifest().name(), state(spans, running), pack.manifest().version(),
        originOf(adoption).map(Origin::name).orElse(CurrentMunicipality.get().name()), update.orElse(null),
        versions.stream().filter(each -> each.digest.equals(pack.digest())).findFirst().map(Known::withdrawn)
            .orElse(null));
  }

  private static State state(List<Span> spans, Optional<Span> running) {
    if (running.isPresent()) {
      return running.get().digest == null ? State.STOPPED : State.OFFERED;
    }
    return spans.isEmpty() ? State.IN_PREPARATION : State.PLANNED;
  }

  /** Whose it is; empty if it is our own. */
  Optional<Origin> originOf(Adoption adoption) {
    return Optional.ofNullable(adoption.originId()).map(origins::get);
  }

  /** Versions in time, latest start first. */
  List<Span> spans(String key) {
    var now = Instant.now();
    var all = store.activations().stream().filter(each -> each.key().equals(key)).toList();
    var running = all.stream().filter(each -> !each.from().isAfter(now)).findFirst().map(Activation::id).orElse(0L);
    return all.stream().map(each -> new Span(each.id(), each.digest(), versionOf(each.digest()), each.from(),
        each.id() == running, each.from().isAfter(now))).toList();
  }

  private @Nullable Version versionOf(@Nullable String digest) {
    return digest == null
        ? null
        : packages.find(digest).map(ProcedurePackage::manifest).map(m -> m.version()).orElse(null);
  }

  /** What its origin offers and what is here, newest first. */
  List<Known> versions(Adoption adoption) {
    var stored = packages.versionsOf(adoption.key());
    var here = stored.stream().map(PackageStore.Stored::digest).toList();
    var offered = adoption.originId() == null
        ? publisher.listOffers().stream().filter(offer -> offer.key().equals(adoption.key()))
            .map(offer -> new Known(offer.digest(), number(offer.version()), true, null, offer.withdrawn())).toList()
        : origins.offersOf(adoption.originId()).stream().filter(entry -> entry.key().equals(adoption.key()))
            .map(entry -> new Known(entry.digest(), entry.number(), here.contains(entry.digest()), entry.changes(),
                entry.withdrawn()))
            .toList();
    var only = stored.stream().filter(each -> offered.stream().noneMatch(known -> known.digest.equals(each.digest())))
        .map(each -> new Known(each.digest(), number(each.version()), true, null, null));
    return Stream.concat(offered.stream(), only).sorted(Comparator.comparing(Known::version).reversed()).toList();
  }

  private static Version number(String version) {
    return Version.parse(version).orElseThrow();
  }
}
