package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import de.citycloud.platform.procedure.adoption.Setting.Kind;
import de.citycloud.platform.procedure.exchange.Origin;
import de.citycloud.platform.procedure.exchange.Origins;
import de.citycloud.platform.procedure.exchange.PackageReading;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.exchange.Publisher;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.rules.AdoptionFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packages that come with the program, in {@code procedures/} on the class path: their origin offers them, and demo
 * towns adopt them as {@code adoptions/<municipality>.json} of each package says. All of it may be done twice.
 */
@Service
public class ShippedProcedures {
  /** Since when the adoptions of demo towns apply, so that invented cases of the past find their procedure. */
  public static final Instant DEMO_START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Logger LOG = LoggerFactory.getLogger(ShippedProcedures.class);
  private static final String FOLDER = "procedures/";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Municipalities municipalities;
  private final Publisher publisher;
  private final Origins origins;
  private final PackageReading reading;
  private final PackageStore packages;
  private final Adoptions adoptions;
  private final AdoptionStore store;
  private final AdoptedProcedures procedures;
  private final TransactionTemplate transaction;
  private final PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();

  ShippedProcedures(Municipalities municipalities, Publisher publisher, Origins origins, PackageReading reading,
      PackageStore packages, Adoptions adoptions, AdoptionStore store, AdoptedProcedures procedures,
      TransactionTemplate transaction) {
    this.municipalities = municipalities;
    this.publisher = publisher;
    this.origins = origins;
    this.reading = reading;
    this.packages = packages;
    this.adoptions = adoptions;
    this.store = store;
    this.procedures = procedures;
    this.transaction = transaction;
  }

  /** Keys of the packages that come with the program, in order. */
  public List<String> listKeys() {
    try {
      return java.util.Arrays.stream(files.getResources("classpath*:" + FOLDER + "*/manifest.json"))
          .map(manifest -> manifest.toString().replaceFirst("(?s).*procedures/([^/]+)/manifest\\.json.*", "$1"))
          .distinct().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The archive of such a package. */
  public byte[] archive(String key) {
    return reading.pack(filesOf(key));
  }

  private Map<String, byte[]> filesOf(String key) {
    var marker = FOLDER + key + "/";
    var all = new TreeMap<String, byte[]>();
    try {
      for (var file : files.getResources("classpath*:" + marker + "**")) {
        var path = file.getURL().getPath();
        var name = path.substring(path.lastIndexOf(marker) + marker.length());
        if (!name.isEmpty() && !name.endsWith("/") && !name.startsWith("adoptions") && file.isReadable()) {
          all.put(name, file.getContentAsByteArray());
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets each package be offered by its origin, if that municipality is here. */
  public void offer() {
    for (var key : listKeys()) {
      try {
        var archive = archive(key);
        municipalities.findBySlug(reading.read(archive).manifest().origin())
            .ifPresent(origin -> CurrentMunicipality.call(origin, () -> publisher.publish(archive)));
      } catch (CityProblem e) {
        LOG.warn("The package {} of the program is not offered: {}", key, e.getMessage());
      }
    }
  }

  /** Adopts all that has an adoption for the demo town of this name. */
  public void adoptDemo(Municipality town) {
    for (var key : listKeys()) {
      var file = files.getResource("classpath:%s%s/adoptions/%s.json".formatted(FOLDER, key, town.slug()));
      if (file.exists()) {
        try {
          adopt(town, key, file.getContentAsByteArray());
        } catch (CityProblem e) {
          LOG.warn("{} does not adopt {}: {}", town.slug(), key, e.getMessage());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /**
   * Adopts a package of the program with given settings and offers it since {@link #DEMO_START}; nothing happens if it is
   * adopted already. The origin must be here; it is trusted as a neighbour in the same house.
   *
   * @param adoption JSON with {@code version}, {@code parameters}, {@code office}, {@code texts}, {@code addenda}
   */
  public void adopt(Municipality town, String key, byte[] adoption) {
    var json = JSON.readTree(adoption);
    CurrentMunicipality.run(town, () -> {
      if (store.find(key).isEmpty()) {
        var origin = originOf(town, key);
        var pack = take(origin, key, json.path("version").asString(""));
        transaction.executeWithoutResult(running -> {
          if (adoptions.adopt(pack, origin.map(Origin::id).orElse(null), office(json.path("office")))) {
            settings(json).forEach(setting -> store.add(key, setting));
            procedures.changed();
            adoptions.begin(adoptions.get(key), pack, DEMO_START);
          }
        });
      }
    });
  }

  private Optional<Origin> originOf(Municipality town, String key) {
    var slug = reading.read(archive(key)).manifest().origin();
    return slug.equals(town.slug())
        ? Optional.empty()
        : Optional.of(origins.listAll().stream().filter(each -> each.address().equals(slug) && each.isTrusted())
            .findFirst().orElseGet(() -> origins.trustNeighbour(slug)));
  }

  private ProcedurePackage take(Optional<Origin> origin, String key, String version) {
    if (origin.isPresent()) {
      var id = origin.get().id();
      origins.check(id);
      var entry = origins.offersOf(id).stream()
          .filter(each -> each.key().equals(key) && (version.isEmpty() || each.version().equals(version))).findFirst();
      return entry.map(each -> origins.take(id, each.digest()))
          .orElseThrow(() -> notOffered(origin.get().name(), key, version));
    }
    return publisher.listOffers().stream()
        .filter(offer -> offer.key().equals(key) && (version.isEmpty() || offer.version().equals(version))).findFirst()
        .map(offer -> packages.get(offer.digest()))
        .orElseThrow(() -> notOffered(CurrentMunicipality.get().name(), key, version));
  }

  private static CityProblem notOffered(String origin, String key, String version) {
    return new CityProblem("package-not-offered", org.springframework.http.HttpStatus.NOT_FOUND,
        "%s does not offer %s %s, expected it in its index.\nMaybe another version is there.".formatted(origin, key,
            version));
  }

  private static OfficeInfo office(JsonNode json) {
    return new OfficeInfo(json.path("key").asString(""), json.path("name").asString(""),
        json.path("address").asString(""), json.path("phone").asString(""), json.path("email").asString(""),
        json.path("hours").asString(""));
  }

  private static List<Setting> settings(JsonNode json) {
    var all = new java.util.ArrayList<Setting>();
    json.path("parameters").properties().forEach(parameter -> {
      var value = parameter.getValue();
      if (AdoptionFile.isDated(value)) {
        value.forEach(each -> all.add(setting(Kind.PARAMETER, parameter.getKey(), day(each), each.get("value"),
            each.path("legalSource").asString(""))));
      } else {
        all.add(setting(Kind.PARAMETER, parameter.getKey(), null, value, ""));
      }
    });
    json.path("texts").properties().forEach(
        text -> all.add(setting(Kind.TEXT, text.getKey(), null, text.getValue(), "")));
    json.path("addenda").properties().forEach(
        text -> all.add(setting(Kind.ADDENDUM, text.getKey(), null, text.getValue(), "")));
    return all;
  }

  private static @Nullable LocalDate day(JsonNode dated) {
    return dated.hasNonNull("from") ? LocalDate.parse(dated.get("from").asString("")) : null;
  }

  private static Setting setting(Kind kind, String name, @Nullable LocalDate from, @Nullable JsonNode value,
      String source) {
    return Adoptions.setting(kind, name, from, value, source, DEMO_START);
  }
}
