package de.citycloud.platform.demo;

import de.citycloud.platform.demo.DemoTown.Place;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages as the makers of the devices send them; each stands for one kind of source. */
final class DemoMessages {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final DateTimeFormatter GERMAN = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm", Locale.GERMANY);

  private DemoMessages() {}

  /** A Thing with Location and Datastreams for a deep insert. */
  static ObjectNode thing(DemoTown town, Place place, List<Integer> observedProperties, int sensor) {
    var thing = JsonMapper.shared().createObjectNode().put("name", place.name()).put("description",
        "%s in %s. Demo: die Werte sind erfunden.".formatted(place.name(), town.name()));
    var properties = thing.putObject("properties").put("kind", place.kind()).put("externalId", place.id())
        .put("accuracy", place.position()).put("source", "Demo").put("licence", "CC0-1.0");
    if (place.address() != null) {
      properties.put("address", place.address());
    }
    if (place.capacity() != null) {
      properties.put("capacity", place.capacity()).put("capacityAccuracy", place.capacityMark());
    }
    if (place.fee() != null) {
      properties.put("fee", place.fee());
    }
    var location = thing.putArray("Locations").addObject().put("name", place.name())
        .put("description", "Lage: " + place.position()).put("encodingType", "application/geo+json");
    location.putObject("location").put("type", "Point").putArray("coordinates").add(place.longitude())
        .add(place.latitude());
    var quantities = DemoQuantity.of(place.kind());
    var datastreams = thing.putArray("Datastreams");
    for (int i = 0; i < quantities.size(); i++) {
      var quantity = quantities.get(i);
      var datastream = datastreams.addObject().put("name", quantity.name())
          .put("description", quantity.name() + ", erfundene Werte")
          .put("observationType", "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement");
      datastream.putObject("unitOfMeasurement").put("name", quantity.unitName()).put("symbol", quantity.unitSymbol())
          .put("definition", "ucum:" + quantity.unitSymbol());
      datastream.putObject("properties").put("role", quantity.role()).put("intervalSeconds", quantity.intervalSeconds())
          .put("main", quantity.main());
      datastream.putObject("Sensor").put("@iot.id", sensor);
      datastream.putObject("ObservedProperty").put("@iot.id", observedProperties.get(i));
    }
    return thing;
  }

  /** An uplink of The Things Stack v3 with a decoded payload. */
  static ObjectNode uplink(Place place, Instant time, double moisture, int frame) {
    var message = JsonMapper.shared().createObjectNode();
    var ids = message.putObject("end_device_ids").put("device_id", place.id()).put("dev_eui",
        place.number().toUpperCase(Locale.ROOT));
    ids.putObject("application_ids").put("application_id", "bodenfeuchte");
    message.put("received_at", time.toString());
    var uplink = message.putObject("uplink_message").put("f_port", 2).put("f_cnt", frame).put("received_at",
        time.toString());
    uplink.putObject("decoded_payload").put("water_SOIL", String.format(Locale.ROOT, "%.2f %%", moisture))
        .put("temp_SOIL", String.format(Locale.ROOT, "%.2f °C", 6 + moisture / 10)).put("BatV", "3.384 V");
    uplink.putObject("locations").putObject("user").put("latitude", place.latitude())
        .put("longitude", place.longitude()).put("source", "SOURCE_REGISTRY");
    uplink.putArray("rx_metadata").addObject().put("rssi", -97).put("snr", 7.5).putObject("gateway_ids")
        .put("gateway_id", "rathaus");
    return message;
  }

  /** A reading as sensor.community publishes it: all numbers as texts. */
  static ObjectNode particulates(Place place, Instant time, double pm10) {
    var reading = JsonMapper.shared().createObjectNode().put("id", time.getEpochSecond())
        .put("timestamp", DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").format(time.atZone(ZoneId.of("UTC"))));
    reading.putObject("location").put("id", Integer.parseInt(place.number()))
        .put("latitude", String.valueOf(place.latitude())).put("longitude", String.valueOf(place.longitude()))
        .put("country", "DE").put("indoor", 0);
    reading.putObject("sensor").put("id", Integer.parseInt(place.number())).putObject("sensor_type").put("id", 14)
        .put("name", "SDS011").put("manufacturer", "Nova Fitness");
    var values = reading.putArray("sensordatavalues");
    values.addObject().put("value_type", "P1").put("value", String.format(Locale.ROOT, "%.2f", pm10));
    values.addObject().put("value_type", "P2").put("value", String.format(Locale.ROOT, "%.2f", pm10 * 0.6));
    return reading;
  }

  /** Car parks as PBW lists them: an object with one member for each, by number. */
  static ObjectNode pbw(List<Place> places, Instant time) {
    var all = JsonMapper.shared().createObjectNode();
    for (var place : places) {
      var one = all.putObject(place.number());
      one.putObject("objekt").put("name", place.name()).put("ort", "Ludwigsburg").put("strasse", place.address());
      int free = (int) DemoValues.at(place, DemoQuantity.of("parking").getFirst(), time).orElse(0);
      one.putObject("dynamisch").put("kurzparker_frei", free).put("kurzparker_verfuegbar", place.capacity());
      one.putObject("position").put("longitude", place.longitude()).put("latitude", place.latitude());
      one.putObject("stellplaetze").put("gesamt", place.capacity());
    }
    return all;
  }

  /** A DATEX II v2 table of car parks with their status, as the national access point distributes it. */
  static String datex(List<Place> places, Instant time) {
    var facilities = new StringBuilder();
    var states = new StringBuilder();
    for (var place : places) {
      int capacity = place.capacity() == null ? 0 : place.capacity();
      int free = (int) DemoValues.at(place, DemoQuantity.of("parking").getFirst(), time).orElse(0);
      facilities.append("""
                        <parkingFacility id="%1$s" version="1">
                          <parkingFacilityName><values><value lang="de">%2$s</value></values></parkingFacilityName>
                          <totalParkingCapacity>%3$d</totalParkingCapacity>
                          <facilityLocation xsi:type="Point"><pointByCoordinates><pointCoordinates>
                            <latitude>%4$s</latitude><longitude>%5$s</longitude>
                          </pointCoordinates></pointByCoordinates></facilityLocation>
                        </parkingFacility>
                        """.formatted(place.number(), place.name(), capacity, place.latitude(), place.longitude()));
      states.append("""
                    <parkingFacilityStatus>
                      <parkingFacilityReference targetClass="ParkingFacility" id="%1$s" version="1"/>
                      <parkingFacilityStatusTime>%2$s</parkingFacilityStatusTime>
                      <totalNumberOfVacantParkingSpaces>%3$d</totalNumberOfVacantParkingSpaces>
                    </parkingFacilityStatus>
                    """.formatted(place.number(), time, free));
    }
    return """
           <?xml version="1.0" encoding="UTF-8"?>
           <d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" modelBaseVersion="2">
             <exchange><supplierIdentification><country>de</country><nationalIdentifier>DEMO</nationalIdentifier></supplierIdentification></exchange>
             <payloadPublication xsi:type="GenericPublication" lang="de">
               <publicationTime>%s</publicationTime>
               <genericPublicationName>ParkingFacilityTablePublication</genericPublicationName>
               <genericPublicationExtension><parkingFacilityTablePublication>
               <parkingFacilityTable id="demo" version="1">%s</parkingFacilityTable>
               %s
               </parkingFacilityTablePublication></genericPublicationExtension>
             </payloadPublication>
           </d2LogicalModel>
           """
        .formatted(time, facilities, states);
  }

  /** Counts as a detector exports them: semicolons, German dates and decimal commas. */
  static String counts(List<Place> places, Instant time) {
    var rows = new StringBuilder("Zaehlstelle;Name;Laenge;Breite;Zeit;Fahrzeuge;Geschwindigkeit\n");
    var quantities = DemoQuantity.of("traffic");
    for (var place : places) {
      rows.append(String.format(Locale.GERMANY, "%s;%s;%.5f;%.5f;%s;%.0f;%.1f%n", place.number(), place.name(),
          place.longitude(), place.latitude(), GERMAN.format(time.atZone(ZONE)),
          DemoValues.at(place, quantities.get(0), time).orElse(-1),
          DemoValues.at(place, quantities.get(1), time).orElse(-1)));
    }
    return rows.toString();
  }
}
