package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.guard.SafeXml;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Looks at a template of a document: XHTML of a few elements, placeholders only in its words. */
public final class DocumentFile {
  /** Elements that a document may have. */
  public static final Set<String> ELEMENTS = Set.of("h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody",
      "tr", "th", "td", "strong", "em", "br", "dl", "dt", "dd", "div", "section");
  private static final int MOST_CHARACTERS = 60_000;

  private DocumentFile() {}

  /** The template, as it stands. */
  public static String of(Findings findings, String file, byte[] content) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      findings.error("document", file, "The file is not UTF-8, expected text.");
      return "";
    }
    if (text.length() > MOST_CHARACTERS) {
      findings.error("limits", file,
          "The document has %d characters, expected at most %d.".formatted(text.length(), MOST_CHARACTERS));
      return "";
    }
    try {
      elements(findings, file, "<document>" + text + "</document>");
    } catch (XMLStreamException | RuntimeException e) {
      findings.error("document", file, "The file is no XHTML: " + Findings.shown(String.valueOf(e.getMessage())));
    }
    return text;
  }

  private static void elements(Findings findings, String file, String xml) throws XMLStreamException {
    var reader = SafeXml.open(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    boolean root = true;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (!root) {
            element(findings, file + " line " + reader.getLocation().getLineNumber(), reader);
          }
          root = false;
        }
        case XMLStreamConstants.PROCESSING_INSTRUCTION, XMLStreamConstants.COMMENT, XMLStreamConstants.CDATA ->
          findings.error("document-not-allowed", file + " line " + reader.getLocation().getLineNumber(),
              "There is a comment, instruction or CDATA, expected elements and words.");
        default -> {
        }
      }
    }
  }

  private static void element(Findings findings, String place, javax.xml.stream.XMLStreamReader reader) {
    var name = reader.getLocalName();
    if (!ELEMENTS.contains(name) || (reader.getNamespaceURI() != null && !reader.getNamespaceURI().isEmpty())) {
      findings.error("document-not-allowed", place,
          "There is the element \"%s\", expected one of h1, h2, h3, p, ul, ol, li, table, thead, tbody, tr, th, td, "
              .formatted(Findings.shown(name)) + "strong, em, br, dl, dt, dd, div, section.");
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      var attribute = reader.getAttributeLocalName(i);
      var value = reader.getAttributeValue(i);
      boolean fine = attribute.equals("id") && Keys.SLUG.matcher(value).matches()
          || attribute.equals("scope") && (value.equals("row") || value.equals("col"));
      if (!fine || (reader.getAttributeNamespace(i) != null && !reader.getAttributeNamespace(i).isEmpty())) {
        findings.error("document-not-allowed", place,
            "The element \"%s\" has %s=\"%s\", expected only id, and scope=\"row\" or \"col\".".formatted(
                Findings.shown(name), Findings.shown(attribute), Findings.shown(value)));
      }
    }
  }
}
