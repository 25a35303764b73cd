package de.citycloud.platform.privacy;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.release.ReleaseWork;
import de.citycloud.platform.problem.CityProblem;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The only way out for statistics about persons: suppresses small counts and what would give them away, rounds, adds
 * noise within a yearly budget, and keeps what was let go. The public gets the kept release, never counts of the moment:
 * two counts of two moments would tell who came between.
 */
@Service
public class ReleaseGate {
  /** Privacy that noisy releases of one data set may use up in a year. */
  public static final double YEARLY_BUDGET = 10;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<StatisticalDataset> datasets;
  private final JdbcClient jdbc;
  private final AuditLog audit;
  private final Clock clock = Clock.systemUTC();

  ReleaseGate(List<StatisticalDataset> datasets, JdbcClient jdbc, AuditLog audit) {
    this.datasets = datasets.stream().sorted(Comparator.comparing(StatisticalDataset::key)).toList();
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /** Why a cell is empty, or what is in it. */
  public sealed interface Cell {
    /** What the public sees. */
    record Published(long value) implements Cell {}

    /** Fewer persons than the threshold. */
    record TooFew() implements Cell {}

    /** Enough persons, but with it a cell of too few could be worked out. */
    record Complement() implements Cell {}
  }

  /**
   * A table as it may leave the house.
   *
   * @param cells by row and column, with a last row and column of sums
   */
  public record Release(List<String> rows, List<String> columns, ReleasePolicy policy, List<List<Cell>> cells) {
    /** How many cells are missing. */
    public long suppressed() {
      return cells.stream().flatMap(List::stream).filter(cell -> !(cell instanceof Cell.Published)).count();
    }
  }

  /** A release that was let go. */
  public record Released(int id, String dataset, Instant at, Release release) {}

  /** All data sets, by key. */
  public List<StatisticalDataset> datasets() {
    return datasets;
  }

  /** The data set with this key; empty if there is none. */
  public Optional<StatisticalDataset> find(String key) {
    return datasets.stream().filter(dataset -> dataset.key().equals(key)).findFirst();
  }

  /** What would be released now, without noise; nothing leaves the house and no budget is used. */
  public Release preview(StatisticalDataset dataset) {
    var policy = dataset.policy();
    return make(dataset.count(), new ReleasePolicy(policy.threshold(), policy.rounding(), 0));
  }

  /** A table made safe by {@code policy}; for ways out that are no {@link StatisticalDataset}. */
  public static Release make(CountTable table, ReleasePolicy policy) {
    return ReleaseWork.make(table, policy, new SecureRandom());
  }

  /**
   * Lets the data set go as it is now.
   *
   * @throws CityProblem {@code privacy-budget} if its noise would use up more than {@link #YEARLY_BUDGET} this year
   */
  @Transactional
  public Released release(StatisticalDataset dataset) {
    var policy = dataset.policy();
    if (policy.epsilon() > 0) {
      spend(dataset.key(), ReleaseWork.cost(policy));
    }
    var release = make(dataset.count(), policy);
    record Row(int id, OffsetDateTime releasedAt) {}
    var row = jdbc.sql("""
                       insert into released_statistic (municipality_id, dataset, released_by, policy, cells, suppressed)
                       values (?, ?, ?, ?::jsonb, ?::jsonb, ?) returning id, released_at
                       """).params(CurrentMunicipality.get().id(), dataset.key(),
        Person.findSignedIn().map(Person::id).orElse("program"), JSON.writeValueAsString(policy),
        JSON.writeValueAsString(ReleaseWork.stored(release)), release.suppressed()).query(Row.class).single();
    audit.record(AuditEntry.of("privacy.statistic.released", dataset.key()).with("suppressed", release.suppressed())
        .with("threshold", policy.threshold()));
    return new Released(row.id, dataset.key(), row.releasedAt.toInstant(), release);
  }

  /** The newest release of a data set; empty if nothing was let go. */
  public Optional<Released> findReleased(String key) {
    return jdbc.sql("""
                    select id, dataset, released_at, policy, cells from released_statistic where dataset = ?
                    order by released_at desc, id desc limit 1
                    """).param(key)
        .query((row, number) -> new Released(row.getInt(1), row.getString(2),
            row.getObject(3, OffsetDateTime.class).toInstant(),
            ReleaseWork.read(JSON.readValue(row.getString(5), ReleaseWork.Stored.class),
                JSON.readValue(row.getString(4), ReleasePolicy.class))))
        .optional();
  }

  private void spend(String dataset, double epsilon) {
    int year = OffsetDateTime.ofInstant(clock.instant(), java.time.ZoneOffset.UTC).getYear();
    int spent = jdbc.sql("""
                         insert into privacy_budget as b (municipality_id, dataset, year, spent)
                         select ?, ?, ?, ? where ? <= ?
                         on conflict (municipality_id, dataset, year) do update set spent = b.spent + excluded.spent
                           where b.spent + excluded.spent <= ?
                         """).params(CurrentMunicipality.get().id(), dataset, year, epsilon, epsilon, YEARLY_BUDGET,
        YEARLY_BUDGET).update();
    if (spent == 0) {
      throw new CityProblem("privacy-budget", HttpStatus.CONFLICT,
          """
          Another release of "%s" costs %s, expected no more than %s in a year altogether. Nothing was released.
          Maybe wait for the next year, or let the last release stand.""".formatted(dataset, epsilon, YEARLY_BUDGET));
    }
  }
}
