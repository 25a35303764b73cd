package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a municipality says about objections: who reviews its decisions, and where one brings an action. */
@Component
public class ObjectionRules {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ADDRESS = 300;

  private final JdbcClient jdbc;

  ObjectionRules(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The parameters.
   *
   * @param authority that reviews decisions of this municipality (<i>Widerspruchsbehörde</i>); empty if nobody has said
   * @param court administrative court; empty if nobody has said
   * @param courtAddress with its seat, which a notice of legal remedies has to name (§ 58 VwGO)
   * @param ownMatters keys of procedures in which the municipality reviews itself (<i>Selbstverwaltung</i>, § 73 (1) no. 3 VwGO)
   */
  public record Rule(String authority, String authorityAddress, String court, String courtAddress,
      Set<String> ownMatters) {
    static final Rule NONE = new Rule("", "", "", "", Set.of());

    public Rule {
      authority = one(authority, LONGEST_NAME);
      authorityAddress = one(authorityAddress, LONGEST_ADDRESS);
      court = one(court, LONGEST_NAME);
      courtAddress = one(courtAddress, LONGEST_ADDRESS);
      ownMatters = Set.copyOf(ownMatters);
    }

    /** True if the municipality rules on objections in this procedure. */
    public boolean isOwn(String procedure) {
      return ownMatters.contains(procedure);
    }

    /** True if a ruling can name where one goes next. */
    public boolean namesCourt() {
      return !court.isEmpty() && !courtAddress.isEmpty();
    }

    private static String one(String text, int most) {
      var line = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
      return line.substring(0, Math.min(most, line.length()));
    }
  }

  /** The rule of the current municipality; empty texts where nobody has said anything. */
  public Rule get() {
    return jdbc.sql("select * from objection_rule").query((row, number) -> read(row)).optional().orElse(Rule.NONE);
  }

  /** Says it. */
  public void save(Rule rule) {
    jdbc.sql(
        """
        insert into objection_rule (municipality_id, authority, authority_address, court, court_address, own_matters)
        values (?, ?, ?, ?, ?, ?)
        on conflict (municipality_id) do update set authority = excluded.authority,
          authority_address = excluded.authority_address, court = excluded.court,
          court_address = excluded.court_address, own_matters = excluded.own_matters
        """).param(CurrentMunicipality.get().id()).param(rule.authority).param(rule.authorityAddress)
        .param(rule.court).param(rule.courtAddress).param(rule.ownMatters.stream().sorted().toArray(String[]::new))
        .update();
  }

  private static Rule read(ResultSet row) throws SQLException {
    Array own = row.getArray("own_matters");
    return new Rule(row.getString("authority"), row.getString("authority_address"), row.getString("court"),
        row.getString("court_address"), Set.of((String[]) own.getArray()));
  }
}
