package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.guard.SafeXml;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.Flow.Task.Kind;
import de.citycloud.platform.procedure.pack.Words;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads {@code flow.bpmn} into a {@link Flow}. What a flow cannot express is refused, not left out: only so does the
 * drawing say what happens. Where things stand in the drawing (BPMN DI) is passed over.
 */
public final class FlowFile {
  private static final String FILE = "flow.bpmn";
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String CITY = "https://citycloud.de/procedure";
  private static final Set<String> DRAWING = Set.of("http://www.omg.org/spec/BPMN/20100524/DI",
      "http://www.omg.org/spec/DD/20100524/DI", "http://www.omg.org/spec/DD/20100524/DC");
  private static final int MOST_NODES = 100;
  private static final int MOST_SEQUENCES = 300;
  private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
      "definitions", Set.of("id", "name", "targetNamespace", "exporter", "exporterVersion"),
      "process", Set.of("id", "name", "isExecutable"),
      "startEvent", Set.of("id", "name"), "endEvent", Set.of("id", "name"),
      "userTask", Set.of("id", "name", "city:kind", "city:role", "city:outcomes", "city:nameEn"),
      "serviceTask", Set.of("id", "name", "city:call", "city:with"),
      "exclusiveGateway", Set.of("id", "name", "default", "gatewayDirection"),
      "parallelGateway", Set.of("id", "name", "gatewayDirection"),
      "sequenceFlow", Set.of("id", "name", "sourceRef", "targetRef", "city:task", "city:outcome"));
  /** Outcomes whose words the platform knows. */
  private static final Map<String, Words> OUTCOMES = Map.of(
      "grant", new Words("Bewilligen", "Grant", null), "refuse", new Words("Ablehnen", "Refuse", null),
      "partly", new Words("Teilweise bewilligen", "Grant in part", null),
      "approve", new Words("Bestätigen", "Approve", null), "return", new Words("Zurückgeben", "Return", null),
      "done", new Words("Erledigt", "Done", null));

  private final Findings findings;
  private final Map<String, Words> texts;
  private final Map<String, Flow.Node> nodes = new LinkedHashMap<>();
  private final List<Flow.Sequence> sequences = new ArrayList<>();
  private final Map<String, String> defaults = new LinkedHashMap<>();
  private final Set<String> ids = new HashSet<>();
  private int processes;

  private FlowFile(Findings findings, Map<String, Words> texts) {
    this.findings = findings;
    this.texts = texts;
  }

  /** The flow. @param texts of the package; those named {@code outcome.…} are words of outcomes */
  public static Flow of(Findings findings, byte[] xml, Map<String, Words> texts) {
    var file = new FlowFile(findings, texts);
    try {
      file.read(SafeXml.open(new ByteArrayInputStream(xml)));
    } catch (XMLStreamException | RuntimeException e) {
      findings.error("bpmn", FILE, "The file cannot be read: " + Findings.shown(String.valueOf(e.getMessage())));
    }
    return new Flow(file.nodes, file.sequences);
  }

  private void read(XMLStreamReader xml) throws XMLStreamException {
    int depth = 0;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (DRAWING.contains(String.valueOf(xml.getNamespaceURI()))) {
            skip(xml);
          } else {
            element(xml, depth++);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.PROCESSING_INSTRUCTION -> refuse(xml, "a processing instruction");
        case XMLStreamConstants.CHARACTERS -> {
          // the words of incoming and outgoing repeat the sequence flows; other text means nothing
        }
        default -> {
        }
      }
    }
    if (processes != 1) {
      findings.error("bpmn", FILE, "There are %d processes, expected one.".formatted(processes));
    }
    if (nodes.size() > MOST_NODES || sequences.size() > MOST_SEQUENCES) {
      findings.error("limits", FILE, "There are %d nodes and %d sequence flows, expected at most %d and %d."
          .formatted(nodes.size(), sequences.size(), MOST_NODES, MOST_SEQUENCES));
    }
    defaults.forEach(this::applyDefault);
  }

  private static void skip(XMLStreamReader xml) throws XMLStreamException {
    for (int depth = 1; depth > 0;) {
      int event = xml.next();
      depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
    }
  }

  private void element(XMLStreamReader xml, int depth) {
    var name = xml.getLocalName();
    if (!BPMN.equals(xml.getNamespaceURI())) {
      refuse(xml, "the element \"%s\" of another namespace".formatted(name));
      return;
    }
    if (depth == 3 && (name.equals("incoming") || name.equals("outgoing"))) {
      return;
    }
    int expected = name.equals("definitions") ? 0 : name.equals("process") ? 1 : 2;
    if (!ATTRIBUTES.containsKey(name) || depth != expected) {
      refuse(xml, "the element \"%s\"".formatted(name));
      return;
    }
    var attributes = attributes(xml, ATTRIBUTES.getOrDefault(name, Set.of()));
    if (depth == 1) {
      processes++;
    } else if (depth == 2) {
      part(xml, name, attributes);
    }
  }

  private Map<String, String> attributes(XMLStreamReader xml, Set<String> allowed) {
    var attributes = new LinkedHashMap<String, String>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      var space = xml.getAttributeNamespace(i);
      var plain = space == null || space.isEmpty();
      var name = (plain ? "" : CITY.equals(space) ? "city:" : "?:") + xml.getAttributeLocalName(i);
      var value = xml.getAttributeValue(i);
      if (space != null && space.equals("http://www.w3.org/2001/XMLSchema-instance")) {
        continue;
      }
      if (!allowed.contains(name)) {
        refuse(xml, "the attribute \"%s\" of %s".formatted(xml.getAttributeLocalName(i), xml.getLocalName()));
      } else if (value.length() > 300) {
        refuse(xml, "a value of %d characters".formatted(value.length()));
      } else {
        attributes.put(name, value);
      }
    }
    return attributes;
  }

  private void part(XMLStreamReader xml, String element, Map<String, String> attributes) {
    var id = attributes.getOrDefault("id", "");
    if (!Keys.NODE.matcher(id).matches() || !ids.add(id)) {
      findings.error("bpmn", at(xml),
          "The id \"%s\" of %s is missing, odd or there twice, expected letters, digits, - and _."
              .formatted(Findings.shown(id), element));
      return;
    }
    switch (element) {
      case "startEvent" -> nodes.put(id, new Flow.Start(id));
      case "endEvent" -> nodes.put(id, new Flow.End(id));
      case "userTask" -> nodes.put(id, task(xml, id, attributes));
      case "serviceTask" -> service(xml, id, attributes);
      case "sequenceFlow" -> sequences.add(new Flow.Sequence(id, attributes.getOrDefault("sourceRef", ""),
          attributes.getOrDefault("targetRef", ""), attributes.get("city:task"), attributes.get("city:outcome")));
      default -> {
        nodes.put(id, new Flow.Gateway(id, element.equals("parallelGateway")));
        var otherwise = attributes.get("default");
        if (otherwise != null) {
          defaults.put(id, otherwise);
        }
      }
    }
  }

  private Flow.Task task(XMLStreamReader xml, String id, Map<String, String> attributes) {
    var outcomes = new LinkedHashMap<String, Words>();
    for (var outcome : attributes.getOrDefault("city:outcomes", "").strip().split("\\s+")) {
      if (outcome.isEmpty()) {
        continue;
      }
      var words = texts.getOrDefault("outcome." + outcome, OUTCOMES.get(outcome));
      if (words == null || !Keys.SLUG.matcher(outcome).matches()) {
        findings.error("outcome-without-words", at(xml),
            "The outcome \"%s\" of \"%s\" has no words.\nMaybe write a text \"outcome.%s\".".formatted(
                Findings.shown(outcome), id, Findings.shown(outcome)));
      } else {
        outcomes.put(outcome, words);
      }
    }
    var name = attributes.getOrDefault("name", "").strip();
    var english = attributes.getOrDefault("city:nameEn", "").strip();
    if (name.isEmpty() || english.isEmpty()) {
      findings.error("bpmn", at(xml),
          "The task \"%s\" lacks its name in German or English, expected name and city:nameEn.".formatted(id));
    }
    return new Flow.Task(id, kind(xml, id, attributes.getOrDefault("city:kind", "")),
        new Words(name.isEmpty() ? "?" : name, english.isEmpty() ? "?" : english, null),
        attributes.getOrDefault("city:role", "own"), outcomes);
  }

  private Kind kind(XMLStreamReader xml, String id, String name) {
    return switch (name) {
      case "review" -> Kind.REVIEW;
      case "hearing" -> Kind.HEARING;
      case "decide" -> Kind.DECIDE;
      case "secondLook" -> Kind.SECOND_LOOK;
      case "handOver" -> Kind.HAND_OVER;
      default -> {
        findings.error("bpmn", at(xml),
            "The kind of \"%s\" is \"%s\", expected one of review, hearing, decide, secondLook, handOver."
                .formatted(id, Findings.shown(name)));
        yield Kind.REVIEW;
      }
    };
  }

  private void service(XMLStreamReader xml, String id, Map<String, String> attributes) {
    var with = new LinkedHashMap<String, String>();
    for (var pair : attributes.getOrDefault("city:with", "").strip().split("\\s+")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        with.put(pair.substring(0, equals), pair.substring(equals + 1));
      } else if (!pair.isEmpty()) {
        findings.error("bpmn", at(xml),
            "city:with of \"%s\" holds \"%s\", expected pairs, for example document=decision.".formatted(id,
                Findings.shown(pair)));
      }
    }
    var name = attributes.getOrDefault("city:call", "");
    for (var call : Flow.Service.Call.values()) {
      if (call.name().replace("_", "").toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        nodes.put(id, new Flow.Service(id, call, with));
        return;
      }
    }
    findings.error("unknown-call", at(xml),
        "The task \"%s\" calls \"%s\", expected one of sendDocument, notify, publishEvent, decideByTable."
            .formatted(id, Findings.shown(name)));
    nodes.put(id, new Flow.Service(id, Flow.Service.Call.NOTIFY, with));
  }

  private void applyDefault(String gateway, String sequence) {
    var way = sequences.stream().filter(one -> one.id().equals(sequence)).findFirst().orElse(null);
    if (way == null || !way.from().equals(gateway)) {
      findings.error("gateway-default", FILE,
          "The default of \"%s\" is \"%s\", expected one of its ways.".formatted(gateway, Findings.shown(sequence)));
    } else if (way.task() != null) {
      findings.error("gateway-default", FILE,
          "The default way \"%s\" names a task, expected none.".formatted(Findings.shown(sequence)));
    }
  }

  private void refuse(XMLStreamReader xml, String what) {
    findings.error("bpmn-not-allowed", at(xml), "There is %s, expected only what a package may hold.".formatted(
        Findings.shown(what)) + "\nMaybe docs/publish-a-procedure.md names what you need.");
  }

  private static String at(XMLStreamReader xml) {
    return FILE + " line " + xml.getLocation().getLineNumber();
  }
}
