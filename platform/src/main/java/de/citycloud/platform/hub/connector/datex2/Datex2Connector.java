package de.citycloud.platform.hub.connector.datex2;

import de.citycloud.platform.hub.source.Connector;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.InputHead;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.SourceInput;
import de.citycloud.platform.hub.source.SourceRecord.EventFound;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads DATEX II: car parks with their live values, measuring sites with measured data; situations are counted as
 * events. Other publications are named and rejected.
 */
public final class Datex2Connector implements Connector {
  private static final Pattern ROOT = Pattern
      .compile("<(?:[\\w-]{1,30}:)?(d2LogicalModel|messageContainer)[\\s>]|<[\\w-]{1,30}:payload\\s[^>]*datex2");
  private static final Pattern JSON = Pattern
      .compile("\"(versionG|modelBaseVersionG|messageContainer)\"\\s*:|\"[a-z]{3,4}[A-Z]\\w{3,60}Publication\"\\s*:");

  @Override
  public String kind() {
    return "datex2";
  }

  @Override
  public boolean recognises(InputHead head) {
    return head.isXml() ? head.contains(ROOT) : head.isJson() && head.contains(JSON);
  }

  @Override
  public void read(SourceInput input, Findings findings) throws IOException, InputRefused {
    input.mapping().allow();
    var reading = new Reading(findings, new Parking(findings, input.receivedAt()),
        new Measurements(findings, input.receivedAt()));
    if (input.head().isJson()) {
      JsonElements.walk(input.body(), reading);
    } else {
      XmlElements.walk(input.body(), reading);
    }
    reading.end();
  }

  /** Sends each element to the one that understands it, and remembers which publications nobody did. */
  private static final class Reading implements XmlElements.Visitor {
    private static final Set<String> PARKING = Set.of("parkingFacility", "parkingFacilityStatus", "parkingRecord",
        "parkingRecordStatus");
    private static final Set<String> MEASURING = Set.of("measurementSiteRecord", "measurementSite", "siteMeasurements");

    private final Findings findings;
    private final Parking parking;
    private final Measurements measurements;
    /** Publications and the number of elements that were read from each; the place is the key. */
    private final Map<String, Integer> read = new LinkedHashMap<>();
    private String current = "the document";
    private int publications;

    Reading(Findings findings, Parking parking, Measurements measurements) {
      this.findings = findings;
      this.parking = parking;
      this.measurements = measurements;
    }

    @Override
    public void publication(String type, int line) {
      current = "publication %d%s%s".formatted(++publications, type.isEmpty() ? "" : " (" + type + ")",
          line > 0 ? ", line " + line : "");
      read.put(current, 0);
    }

    @Override
    public boolean wants(String name) {
      return PARKING.contains(name) || MEASURING.contains(name) || name.equals("situation");
    }

    @Override
    public void element(Element element) throws IOException {
      read.merge(current, 1, Integer::sum);
      if (PARKING.contains(element.name())) {
        parking.take(element);
      } else if (MEASURING.contains(element.name())) {
        measurements.take(element);
      } else {
        var id = element.attribute("id");
        if (id.isEmpty()) {
          findings.reject("situation, line " + element.line(), "The situation has no id, expected one.", null);
        } else {
          findings.accept(new EventFound(id.get()));
        }
      }
    }

    @Override
    public void broken(int line, String reason) throws IOException {
      findings.reject("line " + line, "The text breaks here, what follows is lost: " + reason, null);
    }

    void end() throws IOException, InputRefused {
      if (read.isEmpty()) {
        throw new InputRefused("There is no publication in it, expected <payloadPublication> or <payload>.");
      }
      for (var publication : read.entrySet()) {
        if (publication.getValue() == 0) {
          findings.reject(publication.getKey(),
              """
              Nothing in it can be read yet, expected parking, measured data or situations.\
              """, null);
        }
      }
    }
  }
}
