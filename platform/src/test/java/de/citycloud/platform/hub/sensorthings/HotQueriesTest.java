package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.NotedStatements;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The questions that clients ask all day reach an index, as the application role and behind row-level security. */
class HotQueriesTest extends CityTest {
  private static final String BIG_TABLES = "Seq Scan on (observation\\w*|location|thing|thing_location|datastream) ";

  @Autowired
  private DataSource source;
  @Autowired
  @OwnerConnections
  private DataSource owner;
  @Autowired
  private Municipalities municipalities;

  @Test
  void everyHotQueryUsesAnIndex() throws SQLException {
    var town = municipalities.ensure("sta-hot", "Großstadt", 9.19, 48.89, false);
    fill(town.id());
    for (var question : List.of("Things(5)", "Datastreams(5)", "Observations('5-1780308000000000-0')",
        "Things?$top=100&$skip=300",
        "Datastreams(5)/Observations?$filter=phenomenonTime gt 2026-05-31T00:00:00Z and phenomenonTime le 2026-06-01T00:00:00Z"
            + "&$orderby=phenomenonTime desc&$top=1000&$select=phenomenonTime,result",
        "Datastreams(5)/Observations?$orderby=phenomenonTime desc&$top=1",
        "Datastreams(5)/Observations?$orderby=phenomenonTime desc&$top=20",
        "Things(5)/Datastreams(5)/Observations?$top=10", "Observations?$orderby=phenomenonTime desc&$top=20",
        "Observations?$orderby=phenomenonTime desc&$top=500&$skip=100&$expand=Datastream($select=name)",
        "Things(5)?$expand=Locations,Datastreams($expand=Observations($orderby=phenomenonTime desc;$top=1))",
        "Things?$top=100&$skip=200&$expand=Locations,Datastreams($expand=Observations($orderby=phenomenonTime desc;$top=1))",
        "Things?$top=100&$expand=Datastreams($expand=Observations($top=5;$orderby=phenomenonTime desc))",
        "Locations?$filter=st_within(location,geography'POLYGON((9.1 48.8,9.11 48.8,9.11 48.81,9.1 48.81,9.1 48.8))')&$top=100",
        "Locations?$filter=geo.distance(location,geography'POINT(9.1 48.8)') lt 0.01&$orderby=name",
        "FeaturesOfInterest(1)/Observations?$top=10", "Locations(5)/Things", "Things(5)/Locations")) {
      for (var plan : plans(town, statements(town, question))) {
        assertThat(plan).as(question).doesNotContainPattern(BIG_TABLES);
      }
    }
  }

  private List<String> statements(Municipality town, String question) {
    var texts = new ArrayList<String>();
    int mark = question.indexOf('?');
    var path = ResourcePath.parse(mark < 0 ? question : question.substring(0, mark));
    var options = mark < 0
        ? null
        : URLEncoder.encode(question.substring(mark + 1), StandardCharsets.UTF_8).replace("%3D", "=").replace("%26",
            "&");
    CurrentMunicipality.run(town, () -> {
      try (var statements = new Statements(new NotedStatements(source, texts), town.id())) {
        new EntityReader(statements).read(path, QueryParser.parse(path.type(), options));
      }
    });
    return texts.stream().flatMap(text -> List.of(text.split("; ")).stream()).toList();
  }

  /** The plan for any parameters, as the driver's prepared statements get it. */
  private List<String> plans(Municipality town, List<String> texts) throws SQLException {
    return CurrentMunicipality.call(town, () -> {
      var plans = new ArrayList<String>();
      try (var connection = source.getConnection(); var statement = connection.createStatement()) {
        statement.execute("set plan_cache_mode = force_generic_plan");
        for (var text : texts) {
          var numbered = new StringBuilder("prepare hot as ");
          var values = new StringBuilder();
          int parameters = 0;
          for (char c : text.toCharArray()) {
            if (c == '?') {
              numbered.append('$').append(++parameters);
              values.append(parameters == 1 ? "(null" : ", null");
            } else {
              numbered.append(c);
            }
          }
          statement.execute(numbered.toString());
          var plan = new StringBuilder(text);
          try (var lines = statement.executeQuery("explain execute hot" + values + ")")) {
            while (lines.next()) {
              plan.append('\n').append(lines.getString(1));
            }
          }
          plans.add(plan.toString());
          statement.execute("deallocate hot");
        }
        statement.execute("reset plan_cache_mode");
      }
      return plans;
    });
  }

  private void fill(int town) throws SQLException {
    try (var connection = owner.getConnection(); var statement = connection.createStatement()) {
      for (var sql : """
                     insert into sensor values (%1$d, 1, 's', '', 'text/plain', '"x"', null);
                     insert into observed_property values (%1$d, 1, 'p', 'https://example.org', '', null);
                     insert into feature_of_interest (municipality_id, id, name, description, encoding_type, feature)
                       select %1$d, i, 'f', '', 'text/plain', '"x"' from generate_series(1, 3000) i;
                     insert into thing select %1$d, i, 'Ding ' || i, '', null from generate_series(1, 5000) i;
                     insert into location (municipality_id, id, name, description, encoding_type, location, extent, position)
                       select %1$d, i, 'Ort', '', 'application/geo+json', '{}', box(p, p), p
                       from (select i, point(9 + (i %% 71) * 0.01, 48 + (i / 71) * 0.01) p from generate_series(1, 5000) i) q;
                     insert into thing_location select %1$d, i, i from generate_series(1, 5000) i;
                     insert into datastream (municipality_id, id, thing_id, sensor_id, observed_property_id, name, description,
                         observation_type, unit, default_feature_id)
                       select %1$d, i, i, 1, 1, 'd', '', 't', '{}', i from generate_series(1, 3000) i;
                     insert into observation (municipality_id, datastream_id, phenomenon_time, result)
                       select %1$d, d, timestamptz '2026-06-01Z' - k * interval '5 minutes', k
                       from generate_series(1, 300) d, generate_series(0, 300) k;
                     insert into datastream_latest (municipality_id, datastream_id, phenomenon_time, result, seq, first_time, last_time)
                       select %1$d, d, '2026-06-01Z', 0, 0, '2026-05-30Z', '2026-06-01Z' from generate_series(1, 3000) d;
                     analyze thing; analyze location; analyze thing_location; analyze datastream; analyze observation;
                     analyze datastream_latest; analyze feature_of_interest
                     """
          .formatted(town).split(";")) {
        statement.execute(sql);
      }
    }
  }
}
