package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.guard.SafeXml;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks at a decision table (DMN 1.3) before the engine sees it: one table, FEEL only, everything else is refused.
 *
 * @param name of the table and of its file without ending
 * @param outputs names of its outputs
 * @param literals texts in quotes that stand alone in a cell, by output
 * @param variables that its expressions name
 */
public record DecisionFile(String name, List<String> outputs, Map<String, Set<String>> literals,
    Set<String> variables) {
  /** Rules that a table may have. */
  public static final int MOST_RULES = 1_000;
  private static final int MOST_COLUMNS = 30;
  private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";
  private static final Set<String> DRAWING = Set.of("https://www.omg.org/spec/DMN/20191111/DMNDI/",
      "http://www.omg.org/spec/DMN/20180521/DI/", "http://www.omg.org/spec/DMN/20180521/DC/");
  private static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
      Map.entry("definitions", Set.of("id", "name", "namespace", "exporter", "exporterVersion")),
      Map.entry("decision", Set.of("id", "name")),
      Map.entry("decisionTable", Set.of("id", "hitPolicy", "aggregation", "preferredOrientation")),
      Map.entry("input", Set.of("id", "label")), Map.entry("inputExpression", Set.of("id", "typeRef")),
      Map.entry("output", Set.of("id", "label", "name", "typeRef")), Map.entry("rule", Set.of("id")),
      Map.entry("inputEntry", Set.of("id")), Map.entry("outputEntry", Set.of("id")),
      Map.entry("text", Set.of()), Map.entry("description", Set.of()));
  private static final Set<String> HITS = Set.of("UNIQUE", "FIRST", "ANY", "COLLECT");
  private static final Set<String> SUMS = Set.of("SUM", "MIN", "MAX");
  private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\]*)\"");

  /** Looks at the file; findings tell what is wrong with it. */
  public static DecisionFile of(Findings findings, String file, String name, byte[] xml) {
    var reading = new Reading(findings, file, name);
    try {
      reading.read(SafeXml.open(new ByteArrayInputStream(xml)));
    } catch (XMLStreamException | RuntimeException e) {
      findings.error("dmn", file, "The file cannot be read: " + Findings.shown(String.valueOf(e.getMessage())));
    }
    return new DecisionFile(name, List.copyOf(reading.outputs), Map.copyOf(reading.literals),
        Set.copyOf(reading.variables));
  }

  private static final class Reading {
    private final Findings findings;
    private final String file;
    private final String name;
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Set<String>> literals = new HashMap<>();
    private final Set<String> variables = new HashSet<>();
    private final List<String> path = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int inputs;
    private int tables;
    private int rules;
    private int cell;

    Reading(Findings findings, String file, String name) {
      this.findings = findings;
      this.file = file;
      this.name = name;
    }

    void read(XMLStreamReader xml) throws XMLStreamException {
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (DRAWING.contains(String.valueOf(xml.getNamespaceURI()))) {
              skip(xml);
            } else if (!open(xml)) {
              return;
            }
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (text.length() <= FeelText.MOST_CHARACTERS) {
              text.append(xml.getText());
            }
          }
          case XMLStreamConstants.END_ELEMENT -> close(xml, path.removeLast());
          case XMLStreamConstants.PROCESSING_INSTRUCTION -> refuse(xml, "a processing instruction");
          default -> {
          }
        }
      }
      if (tables != 1 || outputs.isEmpty() || rules == 0) {
        findings.error("dmn", file, "There are %d tables with %d outputs and %d rules, expected one with at least one "
            .formatted(tables, outputs.size(), rules) + "of both.");
      }
      if (inputs > MOST_COLUMNS || outputs.size() > MOST_COLUMNS) {
        findings.error("limits", file,
            "There are %d inputs and %d outputs, expected at most %d.".formatted(inputs, outputs.size(), MOST_COLUMNS));
      }
      if (Set.copyOf(outputs).size() < outputs.size()) {
        findings.error("dmn", file, "Two outputs have the same name, expected each once.");
      }
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
      for (int depth = 1; depth > 0;) {
        int event = xml.next();
        depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
      }
    }

    /** False if it makes no sense to read on. */
    private boolean open(XMLStreamReader xml) {
      var element = xml.getLocalName();
      path.add(element);
      text.setLength(0);
      if (!DMN.equals(xml.getNamespaceURI()) || !ATTRIBUTES.containsKey(element)) {
        refuse(xml, "the element \"%s\"".formatted(element));
        return true;
      }
      for (int i = 0; i < xml.getAttributeCount(); i++) {
        var attribute = xml.getAttributeLocalName(i);
        var space = xml.getAttributeNamespace(i);
        if ((space != null && !space.isEmpty()) || !ATTRIBUTES.getOrDefault(element, Set.of()).contains(attribute)) {
          refuse(xml, "the attribute \"%s\" of %s".formatted(attribute, element));
        }
      }
      switch (element) {
        case "decision" -> {
          if (!name.equals(xml.getAttributeValue(null, "id"))) {
            findings.error("dmn", at(xml), "The decision is \"%s\", expected the id \"%s\" as the file.".formatted(
                Findings.shown(String.valueOf(xml.getAttributeValue(null, "id"))), name));
          }
        }
        case "decisionTable" -> table(xml);
        case "input" -> inputs++;
        case "output" -> outputs.add(String.valueOf(xml.getAttributeValue(null, "name")));
        case "rule" -> {
          cell = 0;
          if (++rules > MOST_RULES) {
            findings.error("limits", at(xml), "There are more than %,d rules, expected fewer.\nMaybe a parameter that "
                .formatted(MOST_RULES) + "is a table holds the values.");
            return false;
          }
        }
        default -> {
        }
      }
      return true;
    }

    private void table(XMLStreamReader xml) {
      tables++;
      var hit = xml.getAttributeValue(null, "hitPolicy");
      var sum = xml.getAttributeValue(null, "aggregation");
      if (hit != null && !HITS.contains(hit)) {
        refuse(xml, "the hit policy \"%s\"".formatted(hit));
      }
      if ("COLLECT".equals(hit) ? sum == null || !SUMS.contains(sum) : sum != null) {
        refuse(xml, "the aggregation \"%s\" with the hit policy \"%s\"".formatted(sum, hit));
      }
    }

    private void close(XMLStreamReader xml, String element) {
      if (element.equals("text")) {
        var parent = path.isEmpty() ? "" : path.getLast();
        expression(xml, parent, text.toString());
      }
      text.setLength(0);
    }

    private void expression(XMLStreamReader xml, String parent, String feel) {
      boolean unary = parent.equals("inputEntry");
      if (parent.equals("outputEntry")) {
        var literal = LITERAL.matcher(feel.strip());
        if (literal.matches() && cell < outputs.size()) {
          literals.computeIfAbsent(outputs.get(cell), _ -> new HashSet<>()).add(literal.group(1));
        }
        cell++;
      }
      // an empty cell of a rule means: whatever it is, or nothing
      if (feel.isBlank() && !parent.equals("inputExpression")) {
        return;
      }
      var look = FeelText.at(feel.strip(), unary);
      variables.addAll(look.variables());
      look.trouble().ifPresent(trouble -> findings.error("feel", at(xml),
          "\"%s\" %s.".formatted(Findings.shown(feel.strip()), trouble)));
    }

    private void refuse(XMLStreamReader xml, String what) {
      findings.error("dmn-not-allowed", at(xml),
          "There is %s, expected only what a package may hold.\nMaybe docs/publish-a-procedure.md names what you need."
              .formatted(Findings.shown(what)));
    }

    private String at(XMLStreamReader xml) {
      return file + " line " + xml.getLocation().getLineNumber();
    }
  }
}
