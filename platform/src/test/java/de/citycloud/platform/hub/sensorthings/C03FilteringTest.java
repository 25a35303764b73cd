package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conformance class "SensorThings API Filtering" (OGC 18-088, section 9.3.3). */
class C03FilteringTest extends SensorThingsReading {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      // operators
      "name eq 'Lager' | Lager", "name ne 'Lager' | Rathaushof,Marktplatz,Neckarbrücke", "id gt 2 | Neckarbrücke,Lager",
      "@iot.id le 1 | Rathaushof", "id in (1, 4) | Rathaushof,Lager", "name in ('Lager','x') | Lager",
      "not (id eq 1 or id eq 2) and not name eq 'Lager' | Neckarbrücke", "id eq 1 or id eq 2 and id eq 3 | Rathaushof",
      "id add 1 eq 3 | Marktplatz", "id mod 2 eq 0 | Marktplatz,Lager", "id mul 2 sub 1 eq 7 | Lager",
      "id div 0 eq 1 | ''", "10 div id gt 4 | Rathaushof,Marktplatz", "1 add 2 mul 2 eq 5 and id eq 1 | Rathaushof",
      // texts
      "substringof('platz', name) | Marktplatz", "contains(name,'platz') | Marktplatz",
      "startswith(name,'Ne') | Neckarbrücke",
      "endswith(name,'brücke') | Neckarbrücke", "length(name) eq 5 | Lager",
      "indexof(name,'a') eq 1 | Rathaushof,Marktplatz,Lager",
      "substring(name,1) eq 'ager' | Lager", "substring(name,0,3) eq 'Lag' | Lager", "tolower(name) eq 'lager' | Lager",
      "toupper(name) eq 'NECKARBRÜCKE' | Neckarbrücke", "trim(concat(' ', name)) eq 'Lager' | Lager",
      "description eq 'Tiefgarage O''Neill' | Rathaushof", "description eq '' | Lager",
      // JSON
      "properties/kind eq 'parking' | Rathaushof", "properties/capacity gt 100 | Rathaushof",
      "properties/open eq true | Rathaushof",
      "properties/open | Rathaushof", "properties/tags/0 eq 'a' | Marktplatz", "properties eq null | Neckarbrücke",
      "properties/capacity eq null | Marktplatz,Neckarbrücke,Lager",
      "not properties/kind eq 'parking' | Marktplatz,Neckarbrücke,Lager",
      "properties/kind ne 'parking' | Marktplatz,Neckarbrücke,Lager", "properties/capacity eq 'viel' | ''",
      // links
      "Datastreams/name eq 'no2' | Marktplatz", "Datastreams/ObservedProperty/name eq 'NO2' | Marktplatz",
      "Datastreams/unitOfMeasurement/symbol eq 'cm' | Neckarbrücke", "Datastreams/id ge 21 | Marktplatz,Neckarbrücke",
      "Datastreams/name eq 'frei' and Datastreams/ObservedProperty/name eq 'Zustand' | ''",
      "Datastreams/name eq 'frei' and Datastreams/ObservedProperty/name eq 'Freie Plätze' | Rathaushof",
      "Datastreams/name eq 'frei' or name eq 'Lager' | Rathaushof,Lager", "not Datastreams/id gt 0 | Lager",
      "Datastreams/Observations/result gt 30 | Rathaushof", "Locations/name eq 'Ort 2' | Marktplatz",
      "Datastreams/Observations/FeatureOfInterest/name eq 'Ecke' | Rathaushof",
      "Datastreams/Observations/Datastream/Thing/name eq 'Marktplatz' | Marktplatz",
      // geometry
      "st_within(Locations/location, geography'POLYGON((9.18 48.88,9.192 48.88,9.192 48.892,9.18 48.892,9.18 48.88))') | Rathaushof",
      "not st_within(Locations/location, geography'POLYGON((9.18 48.88,9.192 48.88,9.192 48.892,9.18 48.892,9.18 48.88))') | Marktplatz,Neckarbrücke,Lager",
      "geo.distance(Locations/location, geography'POINT(9.19 48.89)') lt 0.001 | Rathaushof",
      "geo.distance(Locations/location, geography'POINT(9.19 48.89)') ge 0.001 | Marktplatz,Neckarbrücke",
      "st_intersects(Datastreams/observedArea, geography'POINT(9.15 48.82)') | Rathaushof,Marktplatz,Neckarbrücke"})
  void findsThings(String filter, String expected) {
    assertThat(names("/Things?$filter=" + filter)).as(filter).containsExactlyElementsOf(list(expected));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "geo.intersects(location, geography'LINESTRING(9.19 48.905, 9.19 48.89)') | Ort 1,Ort 3",
      "st_intersects(geography'POINT(9.19 48.89)', location) | Ort 1",
      "st_disjoint(location, geography'POINT(9.19 48.89)') | Ort 2,Ort 3",
      "st_equals(location, geography'POINT(9.195 48.895)') | Ort 2",
      "st_touches(location, geography'POINT(9.18 48.90)') | Ort 3",
      "st_crosses(location, geography'POLYGON((9.185 48.8,9.3 48.8,9.3 49,9.185 49,9.185 48.8))') | Ort 3",
      "st_overlaps(location, geography'LINESTRING(9.18 48.90, 9.20 48.91, 9.30 48.91)') | ''",
      "st_contains(geography'POLYGON((9.1 48.8,9.192 48.8,9.192 48.892,9.1 48.892,9.1 48.8))', location) | Ort 1",
      "st_contains(location, geography'LINESTRING(9.18 48.90, 9.20 48.91)') | Ort 3",
      "st_relate(location, geography'POINT(9.19 48.89)', 'T*F**F***') | Ort 1", "geo.length(location) gt 0.01 | Ort 3",
      "st_within(location, geography'POLYGON((9.1 48.8,9.3 48.8,9.3 49,9.1 49,9.1 48.8))') and id gt 1 | Ort 2,Ort 3",
      "location/type eq 'Point' | Ort 1,Ort 2",
      "geo.distance(location, geography'POINT(9.19 48.89)') mul 2 le 0 | Ort 1",
      "0.0001 gt st_distance(geography'POINT(9.19 48.89)', location) | Ort 1",
      "Things/Datastreams/name eq 'frei' | Ort 1", "HistoricalLocations/time lt 2027-01-01T00:00:00Z | Ort 1"})
  void findsLocations(String filter, String expected) {
    assertThat(names("/Locations?$filter=" + filter)).as(filter).containsExactlyElementsOf(list(expected));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"result gt 20 | 21.5,33",
      "result gt '20' | 21.5,33,\"closed\",\"open\"",
      "result eq 'open' | \"open\"", "result eq 17 | 17", "result eq '17' | 17", "result lt 0 | -3",
      "result/level eq 2 | X",
      "result add 1 eq 34 | 33", "round(result) eq 22 | 21.5", "floor(result) eq 21 | 21.5",
      "ceiling(result) eq 22 | 21.5",
      "resultTime eq 2026-06-01T10:10:00Z | ''", "phenomenonTime eq 2026-06-01T10:10:00Z | 33,-3",
      "phenomenonTime eq 2026-06-01T12:10:00+02:00 | 33,-3", "phenomenonTime eq 2026-06-01T12:10:00 02:00 | 33,-3",
      "phenomenonTime ge '2026-06-01T10:15:00Z' | \"closed\",X",
      "phenomenonTime gt 2026-06-01T10:10:00Z | \"closed\",X",
      "phenomenonTime ge 2026-06-01T11:30:00Z | ''",
      "phenomenonTime gt 2026-06-01T10:30:00Z and phenomenonTime le 2026-06-01T11:30:00Z | ''",
      "phenomenonTime gt 2026-06-01T10:30:00Z and phenomenonTime le 2026-06-01T12:00:00Z | X",
      "phenomenonTime eq 2026-06-01T11:00:00Z/2026-06-01T12:00:00Z | X",
      "phenomenonTime eq 2026-06-01T11:00:00Z/PT1H | X",
      "validTime gt 2026-01-01T00:00:00Z | X", "validTime lt 2026-06-01T13:30:00Z | X",
      "parameters/operator eq 'Ada' | 33", "resultQuality eq 'good' | 33", "FeatureOfInterest/name eq 'Ecke' | 33",
      "Datastream/Thing/properties/kind eq 'air' | 17,18,-3",
      "Datastream/Thing/Locations/name eq 'Ort 2' and result gt 0 | 17,18",
      "minute(phenomenonTime) eq 5 | 21.5,18", "hour(phenomenonTime) eq 11 | X",
      "year(phenomenonTime) eq 2026 and result lt 0 | -3",
      "month(phenomenonTime) eq 6 and day(phenomenonTime) eq 1 and second(phenomenonTime) eq 0 and result eq 10 | 10",
      "date(phenomenonTime) eq 2026-06-01 and result eq 10 | 10", "time(phenomenonTime) eq 10:15:00 | \"closed\"",
      "fractionalseconds(phenomenonTime) gt 0 | ''", "totaloffsetminutes(phenomenonTime) eq 0 and result eq 10 | 10",
      "phenomenonTime gt mindatetime() and phenomenonTime lt maxdatetime() and result eq 10 | 10",
      "phenomenonTime gt now() | ''", "phenomenonTime add duration'PT1H' eq 2026-06-01T11:05:00Z | 21.5,18",
      "phenomenonTime sub 2026-06-01T10:00:00Z eq duration'PT5M' | 21.5,18",
      "id eq '11-1780308000000000-0' | 10", "id eq 7467152965632000044 | 10", "@iot.id eq '7467152965632000044' | 10",
      "id gt '21-1780308300000000-0' | -3", "id eq 'x' | ''",
      "st_within(FeatureOfInterest/feature, geography'POLYGON((9.29 48.79,9.31 48.79,9.31 48.81,9.29 48.81,9.29 48.79))') | 33"})
  void findsObservations(String filter, String expected) {
    var expectedResults = list(expected).stream()
        .map(text -> text.equals("X") ? "{\"door\":\"left\",\"level\":2}" : text);
    assertThat(names("/Observations?$filter=" + filter)).as(filter).containsExactlyElementsOf(expectedResults.toList());
  }

  @Test
  void datastreamsAreFoundByTheirSpan() {
    assertThat(names("/Datastreams?$filter=phenomenonTime lt 2026-06-01T10:12:00Z")).containsExactly("no2");
    assertThat(names("/Datastreams?$filter=phenomenonTime eq null")).containsExactly("pegel");
    assertThat(names("/Datastreams?$orderby=phenomenonTime desc,name")).first().isEqualTo("pegel");
  }

  @Test
  void ordersBySeveralValuesAndPaths() {
    assertThat(names("/Things?$orderby=name desc")).containsExactly("Rathaushof", "Neckarbrücke", "Marktplatz",
        "Lager");
    assertThat(names("/Datastreams?$orderby=Thing/name,name desc")).containsExactly("no2", "pegel", "zustand", "frei");
    assertThat(names("/Things?$orderby=properties/capacity desc,id desc")).containsExactly("Lager",
        "Neckarbrücke", "Rathaushof", "Marktplatz");
    assertThat(names("/Locations?$orderby=geo.distance(location, geography'POINT(9.195 48.895)')"))
        .containsExactly("Ort 2", "Ort 1", "Ort 3");
    assertThat(names("/Datastreams(11)/Observations?$orderby=result desc&$filter=result gt 0")).containsExactly("33",
        "21.5", "10");
    assertThat(names("/Datastreams(11)/Observations?$orderby=phenomenonTime desc&$top=1"))
        .containsExactly("\"closed\"");
    for (var type : EntityType.values()) {
      for (var property : type.properties()) {
        assertThat(ask("/" + type.plural() + "?$orderby=" + property.name() + " desc,id").status())
            .as(type + " " + property.name()).isEqualTo(200);
      }
    }
  }

  @Test
  void pagesFollowEachOtherWithoutGapsAndKeepTheirOptions() {
    var first = ask("/Observations?$top=4&$count=true&$filter=result ne 'x y'&$orderby=phenomenonTime").json();
    assertThat(first.path("@iot.count").asInt()).isEqualTo(9);
    var seen = new java.util.ArrayList<String>();
    first.path("value").forEach(it -> seen.add(it.path("@iot.id").asString()));
    var next = first.path("@iot.nextLink").asString();
    assertThat(next).contains("$skip=4").contains("http://localhost:" + port + "/sta-read/sta/v1.1/Observations?");
    while (!next.isEmpty()) {
      var page = askUrl(next).json();
      assertThat(page.path("@iot.count").asInt()).isEqualTo(9);
      page.path("value").forEach(it -> seen.add(it.path("@iot.id").asString()));
      next = page.path("@iot.nextLink").asString("");
    }
    assertThat(seen).hasSize(9).doesNotHaveDuplicates();
    assertThat(ask("/Things?$top=0&$count=true").json().toString()).isEqualTo("{\"@iot.count\":4,\"value\":[]}");
    assertThat(ask("/Things?$top=4").json().has("@iot.nextLink")).isFalse();
    assertThat(names("/Things?$skip=3")).containsExactly("Lager");
  }

  @Test
  void selectsOnlyWhatIsNamed() {
    assertThat(ask("/Things(1)?$select=name").text()).isEqualTo("{\"name\":\"Rathaushof\"}");
    assertThat(ask("/Things(1)?$select=@iot.id,Datastreams").json().propertyNames()).contains("@iot.id",
        "Datastreams@iot.navigationLink").doesNotContain("name");
    assertThat(ask("/Observations?$select=result,phenomenonTime&$top=1").text())
        .contains("{\"phenomenonTime\":\"2026-06-01T10:00:00Z\",\"result\":10}");
  }

  @Test
  void expandsWithOptionsOfItsOwn() {
    var thing = ask(
        "/Things(1)?$expand=Locations,Datastreams($expand=Observations($orderby=phenomenonTime desc;$top=1),"
            + "ObservedProperty($select=name);$orderby=name desc;$count=true;$top=1)")
        .json();
    assertThat(thing.path("Locations").get(0).path("name").asString()).isEqualTo("Ort 1");
    assertThat(thing.path("Datastreams@iot.count").asInt()).isEqualTo(2);
    var datastream = thing.path("Datastreams").get(0);
    assertThat(datastream.path("ObservedProperty").toString()).isEqualTo("{\"name\":\"Zustand\"}");
    assertThat(datastream.path("Observations").get(0).path("result").path("door").asString()).isEqualTo("left");
    var next = askUrl(datastream.path("Observations@iot.nextLink").asString()).json();
    assertThat(next.path("value").get(0).path("result").asString()).isEqualTo("open");
    var nextDatastream = askUrl(thing.path("Datastreams@iot.nextLink").asString()).json();
    assertThat(nextDatastream.path("value").get(0).path("name").asString()).isEqualTo("frei");
    assertThat(nextDatastream.path("value").get(0).path("ObservedProperty").path("name").asString())
        .isEqualTo("Freie Plätze");
  }

  @Test
  void expandsAlongPathsAndMergesThem() {
    var datastreams = ask("/Things(1)?$expand=Datastreams/Sensor,Datastreams/ObservedProperty").json()
        .path("Datastreams");
    assertThat(datastreams.get(0).path("Sensor").path("name").asString()).isEqualTo("Schleife");
    assertThat(datastreams.get(1).path("ObservedProperty").path("name").asString()).isEqualTo("Zustand");
    var filtered = ask("/Things?$expand=Datastreams($filter=Observations/result gt 20;$select=name)&$select=name")
        .json().path("value");
    assertThat(filtered.get(0).path("Datastreams").toString()).isEqualTo("[{\"name\":\"frei\"}]");
    assertThat(filtered.get(1).path("Datastreams").size()).isZero();
  }

  @Test
  void theNewestObservationIsTheSameWithAndWithoutTheShortCut() {
    var quick = ask("/Datastreams?$expand=Observations($orderby=phenomenonTime desc;$top=1)").json().path("value");
    var slow = ask("/Datastreams?$expand=Observations($orderby=phenomenonTime desc,id;$top=1)").json().path("value");
    for (int i = 0; i < quick.size(); i++) {
      assertThat(quick.get(i).path("Observations")).isEqualTo(slow.get(i).path("Observations"));
    }
  }

  @Test
  void plusSpacesQuotesAndUmlautsArriveInAnyEncoding() {
    var root = "/sta-read/sta/v1.1/";
    assertThat(
        askEncoded(root + "Things?$filter=description+eq+%27Tiefgarage+O%27%27Neill%27").json().path("value").size())
        .isOne();
    assertThat(askEncoded(root + "Things?%24filter=name%20eq%20%27Neckarbr%C3%BCcke%27").json().path("value").size())
        .isOne();
    assertThat(askEncoded(root + "Observations?$filter=phenomenonTime%20eq%202026-06-01T12:05:00%2B02:00").json()
        .path("value").size()).isEqualTo(2);
    assertThat(askEncoded(root + "Observations?$filter=phenomenonTime%20eq%202026-06-01T12:05:00+02:00").json()
        .path("value").size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$filter=nam eq 'x'", "$filter=name eq", "$filter=name eq 'x", "$filter=name",
      "$filter=id eq 'x'",
      "$filter=name gt 5", "$filter=foo(name)", "$filter=length(name,1) eq 1", "$filter=Datastreams eq 1", "$filter=",
      "$filter=name eq 'a' name", "$filter=(name eq 'a'", "$filter=st_within(name, geography'POINT(1 1)')",
      "$filter=st_within(Locations/location, geography'POINT(1)')",
      "$filter=st_within(Locations/location, geography'KREIS(1 1)')",
      "$filter=name/first eq 'x'", "$filter=null gt 1", "$filter=id eq 1e999", "$filter=time(5) eq 10:00:00",
      "$filter=id add duration'PT1H' eq 1", "$filter=date(now()) eq 2026-13-45", "$orderby=Datastreams/name",
      "$orderby=name up",
      "$orderby=", "$top=-1", "$top=x", "$top=", "$skip=1.5", "$count=1", "$select=nam", "$select=", "$expand=Thing",
      "$expand=Datastreams($top=x)", "$expand=Datastreams($foo=1)", "$expand=Datastreams(", "$expand=", "$foo=1",
      "filter=x",
      "$top=1&$top=2", "$resultFormat=dataArray", "$expand=Datastreams/Thing/Datastreams/Thing/Datastreams/Thing",
      "$filter=substring(name, 1e12) eq 'x'", "$filter=id mul 1e300 mul 1e300 eq 1",
      "$filter=now() add duration'PT2562047788015215H' gt now()"})
  void refusesWhatItCannotUnderstandAndSaysWhere(String options) {
    var answer = ask("/Things?" + options);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("code").asInt()).isEqualTo(400);
    assertThat(answer.json().path("message").asString()).isNotBlank();
  }

  @Test
  void aMistakeNamesValuePlaceAndExpectation() {
    assertThat(ask("/Things?$filter=name eq 'a' and colour eq 'red'").json().path("message").asString())
        .contains("\"colour\"").contains("position 17").contains("properties");
  }

  @Test
  void nestingAndLengthAreBounded() {
    assertThat(ask("/Things?$filter=" + "(".repeat(30) + "id eq 1" + ")".repeat(30)).json().path("message").asString())
        .contains("20");
    assertThat(ask("/Things?$filter=" + "not ".repeat(30) + "id eq 1").status()).isEqualTo(400);
    assertThat(ask("/Things?$filter=id eq 1" + " or id eq 1".repeat(600)).status()).isEqualTo(400);
    assertThat(ask("/Things?$filter=id eq 1" + " or id eq 1".repeat(200)).status()).isEqualTo(200);
    assertThat(ask("/Things?$filter=name eq '" + "x".repeat(17_000) + "'").status()).isEqualTo(400);
  }

  private static List<String> list(String expected) {
    return expected.equals("''") ? List.of() : List.of(expected.split(","));
  }
}
