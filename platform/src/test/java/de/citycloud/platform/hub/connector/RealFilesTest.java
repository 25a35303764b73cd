package de.citycloud.platform.hub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real files of real publishers, recognised and read without a mapping. */
class RealFilesTest {
  @ParameterizedTest
  @CsvSource({
      // file, kind, things, datastreams, observations, events, rejected
      "datex2/stuttgart-static.xml, datex2, 49, 0, 0, 0, 0",
      "datex2/stuttgart-realtime.xml, datex2, 49, 129, 129, 0, 0",
      "datex2/vrs_vaihingen-static.xml, datex2, 1, 0, 0, 0, 0",
      "datex2/vrs_vaihingen-realtime.xml, datex2, 1, 2, 2, 0, 0",
      "datex2/friedrichshafen-sensors-static.xml, datex2, 55, 0, 0, 0, 0",
      "datex2/friedrichshafen-sensors-realtime.xml, datex2, 55, 165, 165, 0, 0",
      "datex2/france-speeds-measureddata.xml, datex2, 2, 4, 4, 0, 0",
      "datex2/ndw-MeasurementSiteTable.xml, datex2, 1, 4, 0, 0, 0",
      "datex2/finland-roadworks.xml, datex2, 0, 0, 0, 1, 0",
      "datex2/netherlands-srti-v3.xml, datex2, 0, 0, 0, 1, 0",
      "datex2/svzbw-situation_1487640.xml, datex2, 0, 0, 0, 1, 0",
      "datex2/ndw-v3-vms.xml, datex2, 0, 0, 0, 0, 2", "parking/pbw-object-by-city-62.json, parking-pbw, 4, 4, 4, 0, 0",
      "parking/pbw-object-dynamic-all.json, parking-pbw, 101, 31, 31, 0, 0",
      "parking/pbw-catalog-city.json, parking-pbw, 23, 23, 23, 0, 0",
      "parking/bietigheim-bissingen.csv, csv, 14, 42, 42, 0, 0", "parking/reutlingen.csv, csv, 114, 0, 0, 0, 0",
      "lorawan/tts-bosch-parking.json, tts, 1, 3, 3, 0, 0", "lorawan/tti-milesight-am319.json, tts, 1, 3, 3, 0, 0",
      "lorawan/tts-storage-dragino-soil.ndjson, tts, 1, 8, 320, 0, 0",
      "lorawan/chirpstack4-jena-example2.json, chirpstack, 1, 16, 16, 0, 0",
      "citizen-sensors/sensor-community-upstream.json, sensor-community, 2, 6, 10, 0, 0",
      "counts/koeln-rad-neumarkt.csv, csv, 1, 1, 3680, 0, 0",
      "counts/muenster-kfz-2015-01-18.csv, csv, 598, 598, 13954, 0, 0",
      "counts/muenster-rad-100031297-2020-03.csv, csv, 1, 7, 20804, 0, 0",
      "counts/bnetza-ladesaeulen-berlin.csv, csv, 324, 0, 0, 0, 0"})
  void aRealFileIsReadWhole(String file, String kind, int things, int datastreams, int observations, int events,
      int rejected) {
    var json = preview(file);
    assertThat(json.get("kind").asString()).isEqualTo(kind);
    assertThat(json.get("things").asInt()).isEqualTo(things);
    assertThat(json.get("datastreams").asInt()).isEqualTo(datastreams);
    assertThat(json.get("observations").asInt()).isEqualTo(observations);
    assertThat(json.get("events").asInt()).isEqualTo(events);
    assertThat(json.get("rejected").size()).isEqualTo(rejected);
  }

  /** 82,700 rows of 160 cross-sections with up to six values; -1 is left out, all else is kept. */
  @Test
  void aMonthOfBerlinIsRead() {
    var json = preview("counts/berlin-mq_hr_2024_01.csv.gz");
    assertThat(json.get("things").asInt()).isEqualTo(160);
    assertThat(json.get("observations").asInt()).isGreaterThan(6 * 82_700);
    assertThat(json.get("rejected")).isEmpty();
  }

  /** A year of quarters of an hour: the four that summer time leaves out are named. */
  @Test
  void aYearOfDresdenIsReadButForTheHourThatDoesNotExist() {
    var json = preview("counts/dresden-parkhaus-centrumgalerie-auslastung.csv");
    assertThat(json.get("rejected").size()).isEqualTo(4);
    assertThat(json.get("rejected").get(0).get("place").asString()).isEqualTo("line 8553, column 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parking/freiburg.json", "parking/karlsruhe.json", "parking/vrs_p_r.xlsx",
      "gtfs/vvs-bus-764-only.gtfs.zip", "gbfs/tier-oslo/gbfs.json", "events/Germany_Holidays.ics", "alerts/canada.cap",
      "ogc/hamburg-wfs11-parkhaeuser.xml", "ev-charging/ocpi-swlb-ludwigsburg.json", "counts/berlin-readme.txt"})
  void whatCannotBeReadYetIsRefusedAndNothingIsGuessed(String file) {
    var err = new ByteArrayOutputStream();
    assertThat(run(file, new ByteArrayOutputStream(), err)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("expected");
  }

  private static JsonNode preview(String file) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    assertThat(run(file, out, err)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return new JsonMapper().readTree(out.toByteArray());
  }

  private static int run(String file, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    var path = Path.of(System.getProperty("citycloud.shared", "../shared"), "data", file);
    assumeTrue(Files.exists(path), () -> "The shared file " + file + " is not here; nothing to read.");
    return HubPreview.run(new String[]{"auto", path.toString()}, new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
