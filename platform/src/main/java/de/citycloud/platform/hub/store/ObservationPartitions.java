package de.citycloud.platform.hub.store;

import de.citycloud.platform.database.OwnerConnections;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Partitions of the Observations by phenomenonTime (UTC): a month each, and a whole year each for what is older than
 * two years when it first comes, so that a long history stays cheap to plan. Times more than ten years back or two
 * years ahead share {@code observation_other}. A value is never refused because its partition is missing.
 */
@Service
public class ObservationPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(ObservationPartitions.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PACKING = Duration.ofHours(1);
  private static final int MONTHS_AHEAD = 2;
  private static final String PACKED = "packed";
  private static final Pattern PARTITION = Pattern.compile("observation_(\\d{4})(?:_(\\d{2}))?");

  private final DataSource owner;
  private final Clock clock;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> failed = new ConcurrentHashMap<>();

  /** @param owner connections that may change the structure */
  @Autowired
  public ObservationPartitions(@OwnerConnections DataSource owner) {
    this(owner, Clock.systemUTC());
  }

  ObservationPartitions(DataSource owner, Clock clock) {
    this.owner = owner;
    this.clock = clock;
  }

  /** Makes the partitions of this and the next two months, at start and four times a day. */
  @Scheduled(fixedDelayString = "PT6H")
  public void makeAhead() {
    for (int i = 0; i <= MONTHS_AHEAD; i++) {
      ensure(YearMonth.now(clock).plusMonths(i));
    }
  }

  /** Makes sure, as far as possible at once, that values of this month have their partition. */
  public void ensure(YearMonth month) {
    var now = YearMonth.now(clock);
    if (month.isBefore(now.minusYears(10)) || month.isAfter(now.plusYears(2)) || isKnown(month)) {
      return;
    }
    // Two values of one missing month may come on two lanes; the second one finds it made.
    synchronized (known) {
      if (isKnown(month) || clock.instant().isBefore(failed.getOrDefault(name(month), Instant.MIN))) {
        return;
      }
      try {
        readKnown();
        if (!isKnown(month)) {
          boolean wholeYear = month.isBefore(now.minusYears(2)) && known.stream()
              .noneMatch(name -> name.startsWith("observation_" + month.getYear() + "_"));
          add(wholeYear ? month.withMonth(1) : month, wholeYear);
        }
        failed.remove(name(month));
      } catch (SQLException e) {
        // The value then goes to observation_other, and moves when the partition is made.
        failed.put(name(month), clock.instant().plus(PAUSE_AFTER_FAILURE));
        LOG.info("The partition of {} could not be made now: {}", month, e.getMessage());
      }
    }
  }

  /**
   * Packs the indexes of months that ended more than a week ago, once: values that come one by one leave their pages
   * half empty (about 130 bytes an Observation, packed 100). Readers and writers go on meanwhile.
   */
  @Scheduled(cron = "0 30 2 * * *", zone = "Europe/Berlin")
  public void packClosed() {
    try (var connection = owner.getConnection(); var statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, (int) LONGEST_PACKING.toMillis());
      var mine = statement.executeQuery("select pg_try_advisory_lock(hashtext('pack observations'))");
      if (!mine.next() || !mine.getBoolean(1)) {
        return;
      }
      try {
        for (var part : unpacked(statement)) {
          statement.execute("reindex table concurrently " + part);
          statement.execute("comment on table %s is '%s'".formatted(part, PACKED));
          LOG.info("Packed the index of {}.", part);
        }
      } finally {
        statement.execute("select pg_advisory_unlock(hashtext('pack observations'))");
      }
    } catch (SQLException e) {
      LOG.info("Closed months could not be packed now: {}", e.getMessage());
    }
  }

  private List<String> unpacked(Statement statement) throws SQLException {
    var closed = YearMonth.from(LocalDate.now(clock).minusWeeks(1));
    var parts = new ArrayList<String>();
    try (var found = statement.executeQuery(
        """
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'observation'::regclass and coalesce(obj_description(c.oid, 'pg_class'), '') <> '%s'
        order by c.relname
        """.formatted(PACKED))) {
      while (found.next()) {
        var name = PARTITION.matcher(found.getString(1));
        if (name.matches()) {
          int year = Integer.parseInt(name.group(1));
          var last = YearMonth.of(year, name.group(2) == null ? 12 : Integer.parseInt(name.group(2)));
          if (last.isBefore(closed)) {
            parts.add(found.getString(1));
          }
        }
      }
    }
    return parts;
  }

  private boolean isKnown(YearMonth month) {
    return known.contains(name(month)) || known.contains("observation_" + month.getYear());
  }

  private void readKnown() throws SQLException {
    try (var connection = owner.getConnection();
        var statement = connection.createStatement();
        var found = statement.executeQuery("""
                                           select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                                           where i.inhparent = 'observation'::regclass
                                           """)) {
      while (found.next()) {
        known.add(found.getString(1));
      }
    }
  }

  private void add(YearMonth first, boolean wholeYear) throws SQLException {
    var name = wholeYear ? "observation_" + first.getYear() : name(first);
    var next = wholeYear ? first.plusYears(1) : first.plusMonths(1);
    try (var connection = owner.getConnection(); var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        // A long reading query holds observation_other; then rather later than everybody in a queue behind us.
        statement.execute("set local lock_timeout = '1s'");
        statement.execute("call add_observation_partition('%s', '%s', '%s')".formatted(name, start(first),
            start(next)));
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    known.add(name);
  }

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static String name(YearMonth month) {
    return String.format(Locale.ROOT, "observation_%d_%02d", month.getYear(), month.getMonthValue());
  }
}
