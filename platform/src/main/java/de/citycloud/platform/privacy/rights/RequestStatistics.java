package de.citycloud.platform.privacy.rights;

import de.citycloud.platform.privacy.CountTable;
import de.citycloud.platform.privacy.StatisticalDataset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many persons asked for what, and whether the city kept its month: the statistic about this module itself. */
@Component
class RequestStatistics implements StatisticalDataset {
  private static final List<String> STATES = List.of("in-time", "late", "open");

  private final JdbcClient jdbc;

  RequestStatistics(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String key() {
    return "privacy-requests";
  }

  @Override
  public String activity() {
    return "person-rights";
  }

  @Override
  public CountTable count() {
    var counts = new long[RequestKind.values().length][STATES.size()];
    jdbc.sql(
        """
        select kind, case when answered_at is null then 'open' when answered_at <= due_at then 'in-time' else 'late' end,
          count(distinct person) from privacy_request group by 1, 2
        """)
        .query(row -> {
          counts[RequestKind.of(row.getString(1)).ordinal()][STATES.indexOf(row.getString(2))] = row.getLong(3);
        });
    return new CountTable(
        List.of(RequestKind.values()).stream().map(kind -> "privacy.request.kind." + kind.inStore()).toList(),
        STATES.stream().map(state -> "dataset.privacy-requests.column." + state).toList(), counts);
  }
}
