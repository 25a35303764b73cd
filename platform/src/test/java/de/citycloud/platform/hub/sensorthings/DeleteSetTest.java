package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.database.OwnerConnections;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** DELETE of all entities of a set for which a filter holds. */
class DeleteSetTest extends SensorThingsWriting {
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @Override
  String slug() {
    return "delete-set";
  }

  private static String filter(String text) {
    return "?$filter=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void observationsOfATimeGoAndTheNewestValueIsRightAfterwards() {
    int datastream = newDatastream();
    for (int day = 1; day <= 5; day++) {
      post("Datastreams(%d)/Observations".formatted(datastream),
          observation("2026-06-0%dT00:00:00Z".formatted(day), Integer.toString(day))).id();
    }
    var set = "Datastreams(%d)/Observations".formatted(datastream);
    var answer = delete(set + filter("phenomenonTime ge 2026-06-04T00:00:00Z"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("deleted").asInt()).isEqualTo(2);
    assertThat(get(set + "?$orderby=phenomenonTime%20desc&$top=1&$select=result").json().path("value").get(0)
        .path("result").asInt()).isEqualTo(3);
    assertThat(delete(set + filter("result eq 99")).json().path("deleted").asInt()).isZero();
    assertThat(delete("Observations" + filter("Datastream/id eq %d and result lt 2".formatted(datastream))).json()
        .path("deleted").asInt()).isOne();
    assertThat(count("observation where datastream_id = ?", datastream)).isEqualTo(2);
  }

  @Test
  void otherEntitiesGoWithWhatCannotBeWithoutThem() {
    int datastream = newDatastream();
    int thing = Integer.parseInt(value("select thing_id from datastream where id = ?", datastream));
    post("Things", THING).number();
    patch("Things(" + thing + ")", "{\"name\": \"Altes Parkhaus\"}");
    assertThat(delete("Things" + filter("name eq 'Altes Parkhaus'")).json().path("deleted").asInt()).isOne();
    assertThat(count("datastream where id = ?", datastream)).isZero();
    assertThat(count("thing")).isPositive();
  }

  @Test
  void withoutFilterNothingGoesAndTheAnswerSaysHow() {
    int datastream = newDatastream();
    post("Datastreams(%d)/Observations".formatted(datastream), observation("2026-06-01T00:00:00Z", "1")).id();
    for (var path : new String[]{"Observations", "Things", "Datastreams(%d)/Observations".formatted(datastream)}) {
      var answer = delete(path);
      assertThat(answer.status()).as(path).isEqualTo(405);
      assertThat(answer.message()).as(path).contains("$filter");
    }
    assertThat(delete("Observations?$top=1&$filter=true").status()).isEqualTo(400);
    assertThat(delete("Observations?$filter=nonsense(").status()).isEqualTo(400);
    assertThat(delete("Things(2000000000)/Datastreams" + filter("id gt 0")).status()).isEqualTo(404);
    assertThat(count("observation where datastream_id = ?", datastream)).isOne();
  }

  @Test
  void moreThanTheLimitIsRefusedAndNothingGoes() {
    int datastream = newDatastream();
    JdbcClient.create(owner).sql("""
                                 insert into observation (municipality_id, datastream_id, phenomenon_time, result)
                                 select ?, ?, timestamptz '2026-01-01Z' + i * interval '1 minute', i
                                 from generate_series(0, ?) i
                                 """).param(municipality.id()).param(datastream).param(Writes.MOST_DELETED).update();
    var set = "Datastreams(%d)/Observations".formatted(datastream);
    var answer = delete(set + filter("result ge 0"));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.message()).contains("10000").contains("Nothing was deleted");
    assertThat(count("observation where datastream_id = ?", datastream)).isEqualTo(Writes.MOST_DELETED + 1);
    assertThat(delete(set + filter("result ge 1")).json().path("deleted").asInt()).isEqualTo(Writes.MOST_DELETED);
  }

  @Test
  void itNeedsAKeyAndNeverReachesAnotherMunicipality() throws Exception {
    int datastream = newDatastream();
    post("Datastreams(%d)/Observations".formatted(datastream), observation("2026-06-01T00:00:00Z", "1")).id();
    municipalities.ensure("delete-set-other", "Andere", 9, 48, false);
    var other = base().replace("/delete-set/", "/delete-set-other/");
    try (var http = HttpClient.newHttpClient()) {
      var anonymous = http.send(HttpRequest.newBuilder(URI.create(base() + "Observations" + filter("result ge 0")))
          .DELETE().build(), HttpResponse.BodyHandlers.ofString());
      assertThat(anonymous.statusCode()).isEqualTo(401);
      var foreign = http.send(HttpRequest.newBuilder(URI.create(other + "Observations" + filter("result ge 0")))
          .header("X-API-Key", key).DELETE().build(), HttpResponse.BodyHandlers.ofString());
      assertThat(foreign.statusCode()).isEqualTo(403);
    }
    assertThat(count("observation where datastream_id = ?", datastream)).isOne();
  }
}
