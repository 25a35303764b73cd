package de.citycloud.platform.municipality;

import de.citycloud.platform.problem.CityProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The municipalities of this installation. New ones are seen within a second, without a restart. */
@Service
public class Municipalities {
  /** First path segments that no municipality may be called, since the program answers there itself. */
  public static final Set<String> RESERVED = Set.of("actuator", "v3", "errors", "static", "sign-in", "sign-out",
      "swagger-ui", "api", "admin", "error", "favicon.ico", "robots.txt", "v1.1", "set-up", "health", "assets",
      "webjars", "login", "logout", "ui", "vendor");
  private static final Logger LOG = LoggerFactory.getLogger(Municipalities.class);
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{1,39}");
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final JdbcClient jdbc;
  private volatile Known known = new Known(Map.of(), 0);

  /** The municipalities in the store behind {@code jdbc}. */
  public Municipalities(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All municipalities, ordered by name. */
  public List<Municipality> listAll() {
    return jdbc.sql("select id, slug, name, longitude, latitude, demo from municipality order by name")
        .query(Municipality.class).list();
  }

  /** The municipality with this name in the URL; empty if there is none. */
  public Optional<Municipality> findBySlug(String slug) {
    var snapshot = known;
    var found = snapshot.bySlug.get(slug);
    if (found == null && (RESERVED.contains(slug) || !SLUG.matcher(slug).matches())) {
      return Optional.empty();
    }
    // A name that is not known is worth a look sooner: it may just have been added.
    long fresh = found == null ? FRESH_NANOS / 20 : FRESH_NANOS;
    if (System.nanoTime() - snapshot.readAt > fresh || snapshot.readAt == 0) {
      snapshot = refreshed(snapshot);
      found = snapshot.bySlug.get(slug);
    }
    return Optional.ofNullable(found);
  }

  /** Those known stay known while the database is away: requests then fail where it is needed, with its reason. */
  private Known refreshed(Known before) {
    Known now;
    try {
      now = new Known(listAll().stream().collect(Collectors.toUnmodifiableMap(Municipality::slug, m -> m)),
          System.nanoTime());
    } catch (DataAccessException e) {
      if (before.readAt == 0) {
        throw e;
      }
      now = new Known(before.bySlug, System.nanoTime());
    }
    known = now;
    return now;
  }

  /** The municipality with this id; empty if there is none. */
  public Optional<Municipality> findById(int id) {
    return jdbc.sql("select id, slug, name, longitude, latitude, demo from municipality where id = ?").param(id)
        .query(Municipality.class).optional();
  }

  /** @throws CityProblem {@code municipality-not-found} if there is none with this name */
  public Municipality getBySlug(String slug) {
    return findBySlug(slug).orElseThrow(() -> new CityProblem("municipality-not-found", HttpStatus.NOT_FOUND,
        """
        The municipality "%s" is not known here.
        Maybe the address has a typing error; the first part of the path names the municipality.\
        """.formatted(slug)));
  }

  /**
   * Adds a municipality, or returns the one that already has this name in the URL.
   *
   * @throws CityProblem {@code municipality-name} if the slug is malformed or reserved
   */
  public Municipality ensure(String slug, String name, double longitude, double latitude, boolean demo) {
    if (!SLUG.matcher(slug).matches() || RESERVED.contains(slug)) {
      throw new CityProblem("municipality-name", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The name "%s" cannot stand in an address, expected 2 to 40 lower case letters, digits or hyphens and none of %s.
          Maybe use the town's name without umlauts.\
          """.formatted(
              slug, RESERVED));
    }
    jdbc.sql("""
             insert into municipality (slug, name, longitude, latitude, demo) values (?, ?, ?, ?, ?)
             on conflict (slug) do nothing
             """).params(slug, name, longitude, latitude, demo).update();
    known = new Known(Map.of(), 0);
    return getBySlug(slug);
  }

  /**
   * Does {@code work} in each municipality, one after the other. Where it fails that is logged, and the next one has its
   * turn.
   *
   * @param what the work in words, for the log
   */
  public void inEach(String what, Runnable work) {
    for (var municipality : listAll()) {
      try {
        CurrentMunicipality.run(municipality, work);
      } catch (RuntimeException e) {
        LOG.warn("{} failed in {}; it is tried again at its next time.", what, municipality.slug(), e);
      }
    }
  }

  private record Known(Map<String, Municipality> bySlug, long readAt) {}
}
