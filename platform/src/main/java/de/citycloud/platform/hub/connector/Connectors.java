package de.citycloud.platform.hub.connector;

import de.citycloud.platform.hub.connector.csv.CsvConnector;
import de.citycloud.platform.hub.connector.datex2.Datex2Connector;
import de.citycloud.platform.hub.connector.lorawan.ChirpStackConnector;
import de.citycloud.platform.hub.connector.lorawan.TtsConnector;
import de.citycloud.platform.hub.connector.pbw.PbwConnector;
import de.citycloud.platform.hub.connector.sensorcommunity.SensorCommunityConnector;
import de.citycloud.platform.hub.source.Connector;
import de.citycloud.platform.hub.source.InputHead;
import de.citycloud.platform.hub.source.InputRefused;
import java.util.List;
import java.util.Optional;

/** All connectors. A new one is one line here. */
final class Connectors {
  /** Kind that stands for whichever connector recognises the input. */
  static final String AUTO = "auto";

  /** In the order in which {@code auto} asks them; CSV last, since almost every text could be one. */
  private static final List<Connector> ALL = List.of(new Datex2Connector(), new PbwConnector(), new TtsConnector(),
      new ChirpStackConnector(), new SensorCommunityConnector(), new CsvConnector());

  private Connectors() {}

  static List<Connector> listAll() {
    return ALL;
  }

  /** Kinds that can be connected, in alphabetical order. */
  static List<String> listKinds() {
    return ALL.stream().map(Connector::kind).sorted().toList();
  }

  /** The connector of this kind; empty if there is none. */
  static Optional<Connector> find(String kind) {
    return ALL.stream().filter(connector -> connector.kind().equals(kind)).findFirst();
  }

  /**
   * The connector for an input of this kind.
   *
   * @throws InputRefused if the kind is not known, or {@code auto} does not recognise the input
   */
  static Connector get(String kind, InputHead head) throws InputRefused {
    if (kind.equals(AUTO)) {
      return recognise(head);
    }
    var known = find(kind);
    if (known.isPresent()) {
      return known.get();
    }
    throw new InputRefused(FutureKinds.NAMES.contains(kind)
        ? "The kind \"%s\" is known, but this version cannot read it yet, expected one of %s.".formatted(kind,
            listKinds())
        : "The kind is \"%s\", expected auto or one of %s.".formatted(kind, listKinds()));
  }

  private static Connector recognise(InputHead head) throws InputRefused {
    if (head.text().isEmpty()) {
      throw new InputRefused("%s is empty, expected data.".formatted(head.name()));
    }
    for (var connector : ALL) {
      if (!(connector instanceof CsvConnector) && connector.recognises(head)) {
        return connector;
      }
    }
    var later = FutureKinds.recognise(head);
    if (later.isPresent()) {
      throw new InputRefused("%s looks like %s, which this version cannot read yet, expected one of %s."
          .formatted(head.name(), later.get(), listKinds()));
    }
    return ALL.stream().filter(connector -> connector.recognises(head)).findFirst()
        .orElseThrow(() -> new InputRefused("""
                                            %s is of no kind we recognise, expected one of %s.
                                            Maybe name the kind instead of auto.\
                                            """.formatted(head.name(), listKinds())));
  }
}
