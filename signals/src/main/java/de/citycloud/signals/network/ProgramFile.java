package de.citycloud.signals.network;

import de.citycloud.signals.network.RoadNetwork.FixedProgram;
import de.citycloud.signals.network.RoadNetwork.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Fixed programs as SUMO reads and writes them: an additional file with one {@code tlLogic} a light. */
public final class ProgramFile {
  private static final long LARGEST_BYTES = 64L << 20;
  private static final int MOST_STEPS = 1_000;
  private static final double LONGEST_STEP_SECONDS = 3_600;

  private ProgramFile() {}

  /**
   * Reads the programs of a file.
   *
   * @return one program a light; where the file has several, the last
   * @throws NetworkRefused if the file is no such file, or a program cannot be meant; names line and light
   */
  public static Map<String, FixedProgram> read(Path file) throws NetworkRefused {
    var name = "The program file " + file.getFileName();
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new NetworkRefused("%s has %d bytes, expected at most %d.".formatted(name, Files.size(file),
            LARGEST_BYTES));
      }
      try (var in = Files.newInputStream(file)) {
        return read(in, name);
      }
    } catch (IOException e) {
      throw new NetworkRefused("%s cannot be read: %s".formatted(name, e), e);
    }
  }

  static Map<String, FixedProgram> read(InputStream in, String name) throws NetworkRefused {
    var factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    var programs = new LinkedHashMap<String, FixedProgram>();
    try {
      var xml = factory.createXMLStreamReader(in);
      Function<String, NetworkRefused> refused = what -> new NetworkRefused(
          "%s, line %d: %s".formatted(name, xml.getLocation().getLineNumber(), what));
      boolean root = true;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD) {
          throw refused.apply("a document type was found, expected none.");
        }
        if (event != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        var tag = xml.getLocalName();
        if (root && !tag.equals("additional") && !tag.equals("tlLogics")) {
          throw refused.apply("the root is \"%s\", expected \"additional\".".formatted(tag));
        }
        root = false;
        if (tag.equals("tlLogic")) {
          var id = text(xml, "id", refused);
          var program = program(xml, id, refused).orElseThrow(
              () -> refused.apply("traffic light \"%s\" has no steps, expected at least one.".formatted(id)));
          programs.put(id, program);
        }
      }
    } catch (XMLStreamException e) {
      throw new NetworkRefused("%s is not well-formed: %s".formatted(name, e.getMessage()), e);
    }
    return programs;
  }

  /** Reads to the end of a {@code tlLogic}; empty if it has no steps. */
  static Optional<FixedProgram> program(XMLStreamReader xml, String id, Function<String, NetworkRefused> refused)
      throws XMLStreamException, NetworkRefused {
    var program = text(xml, "programID", refused);
    var offset = xml.getAttributeValue(null, "offset");
    double offsetSeconds = offset == null ? 0 : number("offset", offset, id, -1e9, 1e9, refused);
    var steps = new ArrayList<Step>();
    while (xml.next() != XMLStreamConstants.END_ELEMENT || !xml.getLocalName().equals("tlLogic")) {
      if (xml.getEventType() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("phase")) {
        var state = text(xml, "state", refused);
        if (!state.matches("[GgyruoOs]+")) {
          throw refused.apply("traffic light \"%s\" has the state \"%s\", expected letters of GgyruoOs."
              .formatted(id, state));
        }
        if (!steps.isEmpty() && steps.getFirst().state().length() != state.length()) {
          throw refused.apply("traffic light \"%s\" has states of %d and %d positions, expected the same number."
              .formatted(id, steps.getFirst().state().length(), state.length()));
        }
        steps.add(new Step(number("duration", text(xml, "duration", refused), id, 0, LONGEST_STEP_SECONDS, refused),
            state));
        if (steps.size() > MOST_STEPS) {
          throw refused.apply("traffic light \"%s\" has more than %d steps, expected fewer.".formatted(id, MOST_STEPS));
        }
      }
    }
    return steps.isEmpty() ? Optional.empty() : Optional.of(new FixedProgram(program, (int) offsetSeconds, steps));
  }

  private static double number(String what, String text, String id, double least, double most,
      Function<String, NetworkRefused> refused) throws NetworkRefused {
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw refused.apply("traffic light \"%s\" has %s=\"%s\", expected a number from %.0f to %.0f s.".formatted(id, what,
        text, least, most));
  }

  private static String text(XMLStreamReader xml, String attribute, Function<String, NetworkRefused> refused)
      throws NetworkRefused {
    var value = xml.getAttributeValue(null, attribute);
    if (value == null) {
      throw refused.apply("<%s> has no \"%s\", expected one.".formatted(xml.getLocalName(), attribute));
    }
    return value;
  }

  /** The file that SUMO reads with {@code --additional-files}; lights in order of their names. */
  public static String write(Map<String, FixedProgram> programs) {
    var xml = new StringBuilder("<additional>\n");
    new TreeMap<>(programs).forEach((id, program) -> {
      xml.append("  <tlLogic id=\"%s\" type=\"static\" programID=\"%s\" offset=\"%d\">\n".formatted(escaped(id),
          escaped(program.id()), program.offsetSeconds()));
      for (var step : program.steps()) {
        xml.append("    <phase duration=\"%s\" state=\"%s\"/>\n".formatted(plain(step.seconds()), step.state()));
      }
      xml.append("  </tlLogic>\n");
    });
    return xml.append("</additional>\n").toString();
  }

  private static String plain(double seconds) {
    return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
