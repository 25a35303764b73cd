package de.citycloud.platform.hub.connector.datex2;

import de.citycloud.platform.guard.SafeXml;
import de.citycloud.platform.hub.source.Checks;
import de.citycloud.platform.hub.source.InputRefused;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Walks through the XML and hands out the elements that a publication lists, each with all it holds. */
final class XmlElements {
  private static final Set<String> ROOTS = Set.of("d2LogicalModel", "messageContainer", "payload");
  private static final int MAX_NODES = 50_000;

  /** Takes what the walk meets. */
  interface Visitor {
    /** A publication begins; {@code type} is its xsi:type without prefix. */
    void publication(String type, int line) throws IOException;

    /** True if an element of this name is to be handed out whole. */
    boolean wants(String name);

    /** A wanted element. */
    void element(Element element) throws IOException;

    /** The text ended or broke here. */
    void broken(int line, String reason) throws IOException;
  }

  private final XMLStreamReader reader;
  private final Visitor visitor;
  private boolean rooted;
  private int nodes;

  private XmlElements(XMLStreamReader reader, Visitor visitor) {
    this.reader = reader;
    this.visitor = visitor;
  }

  /** @throws InputRefused if it is no DATEX II, or breaks before the first publication */
  static void walk(InputStream in, Visitor visitor) throws IOException, InputRefused {
    try {
      new XmlElements(SafeXml.open(in), visitor).walk();
    } catch (XMLStreamException e) {
      throw refused(e);
    }
  }

  private void walk() throws IOException, InputRefused {
    boolean published = false;
    try {
      while (reader.hasNext()) {
        if (reader.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        var name = reader.getLocalName();
        if (!rooted && !name.equals("Envelope") && !name.equals("Body")) {
          if (!ROOTS.contains(name) && !name.equals("payloadPublication")) {
            throw new InputRefused(
                """
                The XML begins with <%s>, expected <d2LogicalModel>, <messageContainer>, <payload> or a \
                SOAP body of these.\
                """.formatted(Checks.shown(name)));
          }
          rooted = true;
        }
        if (name.equals("payloadPublication") || name.equals("payload")) {
          published = true;
          visitor.publication(type(), reader.getLocation().getLineNumber());
        } else if (visitor.wants(name)) {
          nodes = 0;
          visitor.element(element(1));
        }
      }
      if (!rooted) {
        throw new InputRefused("The XML is empty, expected DATEX II.");
      }
    } catch (XMLStreamException e) {
      if (!published) {
        throw refused(e);
      }
      visitor.broken(reader.getLocation().getLineNumber(), message(e));
    }
  }

  /** Reads the element at the cursor to its end. */
  private Element element(int depth) throws XMLStreamException {
    if (++nodes > MAX_NODES) {
      throw new XMLStreamException("One element holds more than %,d others, expected fewer.".formatted(MAX_NODES));
    }
    var element = new Element(reader.getLocalName(), reader.getLocation().getLineNumber());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      element.attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> element.add(element(depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> element.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return element;
        }
        default -> {
        }
      }
    }
    return element;
  }

  private String type() {
    var type = reader.getAttributeValue("http://www.w3.org/2001/XMLSchema-instance", "type");
    return type == null ? "" : type.substring(type.indexOf(':') + 1);
  }

  private static InputRefused refused(XMLStreamException e) {
    return new InputRefused("This is no XML that can be read: " + message(e));
  }

  private static String message(@Nullable Throwable e) {
    var text = e == null || e.getMessage() == null ? "unreadable" : e.getMessage();
    int at = text.indexOf("Message: ");
    return Checks.shown(at < 0 ? text.lines().findFirst().orElse("unreadable") : text.substring(at + 9));
  }
}
