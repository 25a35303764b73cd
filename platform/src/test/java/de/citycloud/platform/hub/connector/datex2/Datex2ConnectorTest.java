package de.citycloud.platform.hub.connector.datex2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.hub.connector.ConnectorContract;
import de.citycloud.platform.hub.source.Connector;
import de.citycloud.platform.hub.source.InputRefused;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Datex2ConnectorTest extends ConnectorContract {
  private static final String V2 = """
                                   <d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                                   <payloadPublication xsi:type="%s">%s</payloadPublication></d2LogicalModel>
                                   """;
  private static final String TABLE = """
                                      <parkingFacilityTable><parkingFacility id="12"><parkingFacilityName><values><value>Rathausgarage</value></values></parkingFacilityName>
                                      <totalParkingCapacity>300</totalParkingCapacity><facilityLocation><locationForDisplay><latitude>5402496.0</latitude>
                                      <longitude>512788.0</longitude></locationForDisplay></facilityLocation></parkingFacility></parkingFacilityTable>
                                      """;
  private static final String STATUS = """
                                       <parkingFacilityTableStatusPublication><parkingFacilityStatus><parkingFacilityReference id="12"/>
                                       <parkingFacilityStatus>spacesAvailable</parkingFacilityStatus><parkingFacilityStatus>open</parkingFacilityStatus>
                                       <parkingFacilityStatusTime>2026-05-01T10:00:00.000+02:00</parkingFacilityStatusTime>
                                       <totalNumberOfOccupiedParkingSpaces>310</totalNumberOfOccupiedParkingSpaces>
                                       <totalNumberOfVacantParkingSpaces>-10</totalNumberOfVacantParkingSpaces></parkingFacilityStatus></parkingFacilityTableStatusPublication>
                                       """;
  private static final String RECORDS = """
                                        <?xml version="1.0"?><mc:messageContainer xmlns:mc="http://datex2.eu/schema/3/messageContainer" xmlns:p="http://datex2.eu/schema/3/parking"
                                         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><mc:payload xsi:type="p:ParkingTablePublication"><p:parkingTable id="t">
                                        <p:parkingRecord xsi:type="p:UrbanParkingSite" id="1230"><p:parkingName><p:values><p:value>P+R Enz</p:value></p:values></p:parkingName>
                                        <p:parkingNumberOfSpaces>40</p:parkingNumberOfSpaces><p:parkingLocation><p:pointByCoordinates><p:pointCoordinates>
                                        <p:latitude>48.94</p:latitude><p:longitude>8.95</p:longitude></p:pointCoordinates></p:pointByCoordinates></p:parkingLocation>
                                        </p:parkingRecord></p:parkingTable></mc:payload>
                                        <mc:payload xsi:type="p:ParkingStatusPublication"><p:parkingRecordStatus><p:parkingRecordReference id="1230[P+R Enz]"/>
                                        <p:parkingStatusOriginTime>2026-05-01T10:00:00.1234567+02:00</p:parkingStatusOriginTime><p:parkingOccupancy>
                                        <p:parkingNumberOfVacantSpaces>36</p:parkingNumberOfVacantSpaces></p:parkingOccupancy>
                                        <p:parkingSpaceStatus parkingSpaceIndex="3"><p:parkingSpaceStatus><p:parkingSpaceOccupied>true</p:parkingSpaceOccupied></p:parkingSpaceStatus></p:parkingSpaceStatus>
                                        </p:parkingRecordStatus></mc:payload></mc:messageContainer>
                                        """;
  private static final String MEASURED = """
                                         <siteMeasurements><measurementSiteReference id="M1"/><measurementTimeDefault>2026-05-01T08:00:00Z</measurementTimeDefault>
                                         <measuredValue index="1"><measuredValue><basicData xsi:type="TrafficFlow"><vehicleFlow><vehicleFlowRate>1010</vehicleFlowRate></vehicleFlow></basicData></measuredValue></measuredValue>
                                         <measuredValue index="2"><measuredValue><basicData xsi:type="TrafficSpeed"><averageVehicleSpeed><dataError>true</dataError><speed>-1</speed></averageVehicleSpeed></basicData></measuredValue></measuredValue>
                                         </siteMeasurements>
                                         """;

  @Override
  protected Connector connector() {
    return new Datex2Connector();
  }

  @Override
  protected Map<String, String> recordings() {
    return Map.of("facilities", V2.formatted("ParkingFacilityTablePublication", TABLE), "as an extension",
        V2.formatted("GenericPublication",
            "<genericPublicationExtension>" + STATUS + "</genericPublicationExtension>"),
        "records", RECORDS, "in SOAP",
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
            + V2.formatted("MeasuredDataPublication", MEASURED) + "</s:Body></s:Envelope>",
        "json",
        """
        {"messageContainer":{"payload":[{"prkParkingTablePublication":{"lang":"de","parkingTable":[{"idG":"t","parkingRecord":[{"idG":"p1",
        "parkingName":{"values":[{"lang":"de","value":"Am Bahnhof"}]},"parkingNumberOfSpaces":80,"parkingLocation":{"locPointLocation":
        {"coordinatesForDisplay":{"latitude":48.9,"longitude":9.1}}}}]}]}}]}}
        """,
        "situations", V2.formatted("SituationPublication",
            "<situation id=\"s1\"><overallSeverity>low</overallSeverity></situation>"));
  }

  @Test
  void metresOfUtmBecomeDegrees() throws Exception {
    var thing = read(recording("facilities")).things().getFirst();
    assertThat(thing.name()).isEqualTo("Rathausgarage");
    assertThat(java.util.Objects.requireNonNull(thing.position()).latitude()).isBetween(48.77, 48.78);
    assertThat(java.util.Objects.requireNonNull(thing.position()).longitude()).isBetween(9.17, 9.18);
  }

  @Test
  void liveValuesOutOfRangeAreKeptAndFlagged() throws Exception {
    var found = read(V2.formatted("GenericPublication", TABLE + STATUS));
    assertThat(found.observations()).containsExactly("12/free=-10.0 [negative]", "12/occupied=310.0 [above-capacity]",
        "12/state=\"open\"");
    assertThat(found.times()).containsOnly("2026-05-01T08:00:00Z");
  }

  @Test
  void aLiveIdThatRepeatsTheNameIsTheIdOfTheTable() throws Exception {
    var found = read(RECORDS);
    assertThat(found.observations()).containsExactly("1230/free=36.0", "1230#3/occupied=true");
    assertThat(found.report().things()).isEqualTo(2);
  }

  @Test
  void measuredDataBecomesObservationsAndFaultyOnesAreFlagged() throws Exception {
    assertThat(read(recording("in SOAP")).observations()).containsExactly("M1/flow-1=1010.0",
        "M1/speed-2=-1.0 [source-error]");
  }

  @Test
  void situationsAreCountedAndOtherPublicationsNamed() throws Exception {
    assertThat(read(recording("situations")).report().events()).isOne();
    assertThat(read(V2.formatted("VmsPublication", "<vmsUnit/>")).report().rejected()).singleElement()
        .satisfies(row -> assertThat(row.place()).contains("VmsPublication"));
  }

  @Test
  void otherXmlIsRefusedWhole() {
    assertThatThrownBy(() -> read("<kml/>")).isInstanceOf(InputRefused.class).hasMessageContaining("<kml>");
    assertThatThrownBy(() -> read("<!DOCTYPE d2LogicalModel [<!ENTITY a \"b\">]><d2LogicalModel/>"))
        .isInstanceOf(InputRefused.class).hasMessageContaining("DOCTYPE");
  }

  @Test
  void whatStandsBeforeABreakIsKept() throws Exception {
    var text = V2.formatted("GenericPublication", TABLE + STATUS);
    var found = read(text.substring(0, text.indexOf("totalNumberOfOccupied")));
    assertThat(found.things()).hasSize(1);
    assertThat(found.report().rejected()).singleElement().satisfies(row -> assertThat(row.reason()).contains("breaks"));
  }
}
