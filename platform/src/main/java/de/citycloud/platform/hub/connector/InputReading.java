package de.citycloud.platform.hub.connector;

import de.citycloud.platform.guard.SafeArchive;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Mapping;
import de.citycloud.platform.hub.source.SourceInput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads one input: unpacks it, picks the connector, reads every file of it. */
final class InputReading {
  private final Set<String> kinds = new LinkedHashSet<>();
  private int files;

  private InputReading() {}

  /**
   * Reads {@code in} with the connector of {@code kind}.
   *
   * @return the kinds that were read, one except for an archive under {@code auto}
   * @throws InputRefused if nothing of it can be used
   * @throws IOException if it cannot be read, or {@code findings} fails
   */
  static Set<String> read(String kind, String name, InputStream in, Instant receivedAt, Mapping mapping,
      Findings findings) throws IOException, InputRefused {
    var reading = new InputReading();
    try {
      SafeArchive.read(name, in, (file, content) -> {
        reading.files++;
        try {
          reading.one(kind, file, content, receivedAt, mapping, findings);
        } catch (InputRefused e) {
          throw new Refused(e);
        }
      });
    } catch (Refused e) {
      throw e.refused;
    }
    if (reading.files == 0) {
      throw new InputRefused("%s is an archive without files, expected one with data.".formatted(name));
    }
    return reading.kinds;
  }

  private void one(String kind, String file, InputStream content, Instant receivedAt, Mapping mapping,
      Findings findings) throws IOException, InputRefused {
    var input = SourceInput.of(file, content, receivedAt, mapping);
    var connector = Connectors.get(kind, input.head());
    kinds.add(connector.kind());
    connector.read(input, findings);
  }

  /** Carries a refusal through the archive. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private final InputRefused refused;

    Refused(InputRefused refused) {
      super(refused);
      this.refused = refused;
    }
  }
}
