package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.procedure.casefile.CaseDesk.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Numbers without persons: of the cases that are there, and of those that were deleted. */
@Component
class CaseStatistics {
  /** How a case counts: columns of its row. */
  private static final String COUNTED = """
                                        procedure, procedure_de, procedure_en,
                                        to_char(received_at at time zone 'Europe/Berlin', 'YYYY-MM') as month,
                                        coalesce(outcome, case when state in ('WITHDRAWN', 'FORWARDED') then state else 'NONE' end) as result,
                                        case when decided_at is null then -1
                                          else (decided_at at time zone 'Europe/Berlin')::date - (received_at at time zone 'Europe/Berlin')::date
                                        end as days,
                                        due_on is not null and clock_left is null
                                          and coalesce((coalesce(decided_at, closed_at) at time zone 'Europe/Berlin')::date, current_date) > due_on as overdue
                                        """;

  private final JdbcClient jdbc;

  CaseStatistics(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds cases, by number, to the counts that outlive them. */
  void keep(List<Long> ids) {
    jdbc.sql(
        """
        insert into case_count (municipality_id, procedure, procedure_de, procedure_en, month, result, days, overdue,
          number)
        select municipality_id, procedure, max(procedure_de), max(procedure_en), month, result, days, overdue, count(*)
        from (select municipality_id, %s from case_file where id = any (?)) c
        group by municipality_id, procedure, month, result, days, overdue
        on conflict (municipality_id, procedure, month, result, days, overdue)
          do update set number = case_count.number + excluded.number
        """.formatted(COUNTED)).param(ids.toArray(Long[]::new)).update();
  }

  List<Numbers> last24Months() {
    boolean english = LocaleContextHolder.getLocale().getLanguage().equals("en");
    var sums = new TreeMap<String, Sum>();
    jdbc.sql("""
             select procedure, max(procedure_de), max(procedure_en), month, result, days, overdue, sum(number) from (
               select procedure, procedure_de, procedure_en, month, result, days, overdue, number from case_count
               union all select %s, 1 from case_file) c
             where month > to_char(current_date - interval '24 months', 'YYYY-MM')
             group by procedure, month, result, days, overdue
             """.formatted(COUNTED)).query(row -> {
      var key = row.getString(4) + " " + row.getString(1);
      var sum = sums.get(key);
      if (sum == null) {
        sum = new Sum(row.getString(1), row.getString(english ? 3 : 2), row.getString(4));
        sums.put(key, sum);
      }
      sum.add(row.getString(5), row.getInt(6), row.getBoolean(7), row.getLong(8));
    });
    return sums.descendingMap().values().stream().map(Sum::numbers).toList();
  }

  /** One procedure in one month. */
  private static final class Sum {
    private final String procedure;
    private final String name;
    private final String month;
    private final TreeMap<Integer, Long> days = new TreeMap<>();
    private final TreeMap<String, Long> results = new TreeMap<>();
    private long received;
    private long overdue;

    Sum(String procedure, String name, String month) {
      this.procedure = procedure;
      this.name = name;
      this.month = month;
    }

    void add(String result, int took, boolean late, long number) {
      received += number;
      overdue += late ? number : 0;
      results.merge(result, number, Long::sum);
      if (took >= 0) {
        days.merge(took, number, Long::sum);
      }
    }

    Numbers numbers() {
      return new Numbers(procedure, name, month, received, of("GRANTED"), of("REFUSED"), of("PARTLY"),
          of("WITHDRAWN"), median(days), overdue);
    }

    private long of(String result) {
      return results.getOrDefault(result, 0L);
    }
  }

  /** @param days number of cases by days; null if there is none */
  static @Nullable Double median(TreeMap<Integer, Long> days) {
    long all = days.values().stream().mapToLong(Long::longValue).sum();
    if (all == 0) {
      return null;
    }
    var middle = new ArrayList<Integer>();
    for (long wanted : new long[]{(all - 1) / 2, all / 2}) {
      long seen = 0;
      for (var entry : days.entrySet()) {
        seen += entry.getValue();
        if (seen > wanted) {
          middle.add(entry.getKey());
          break;
        }
      }
    }
    return (middle.getFirst() + middle.getLast()) / 2.0;
  }
}
