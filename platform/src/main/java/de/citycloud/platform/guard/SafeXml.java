package de.citycloud.platform.guard;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Reads XML without trusting it: no DTD, hence no entities and no other files; at most 64 levels, 2 million elements,
 * 64 attributes an element, 1 MB for one name, attribute or text, and 128 MB in all.
 */
public final class SafeXml {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_ELEMENTS = 2_000_000;
  private static final int MAX_ATTRIBUTES = 64;
  private static final int MAX_TOKEN_BYTES = 1 << 20;
  private static final long MAX_BYTES = 128L << 20;
  private static final XMLInputFactory FACTORY = factory();

  private SafeXml() {}

  /**
   * Opens a reader on {@code in}. It fails with an {@link XMLStreamException} whose message says what is wrong as soon
   * as a limit is broken or a DTD begins.
   */
  public static XMLStreamReader open(InputStream in) throws XMLStreamException {
    return new Bounded(FACTORY.createXMLStreamReader(new Tokens(new LimitedStream(in, MAX_BYTES, "The XML"))));
  }

  private static XMLInputFactory factory() {
    // the JDK's own, whatever else a library brings along
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("The XML names another file, expected none.");
    });
    return factory;
  }

  private static final class Bounded extends StreamReaderDelegate {
    private int depth;
    private int elements;

    Bounded(XMLStreamReader reader) {
      super(reader);
    }

    @Override
    public int next() throws XMLStreamException {
      int event = super.next();
      switch (event) {
        case XMLStreamConstants.DTD -> throw refused("The XML has a DOCTYPE, expected none", this);
        case XMLStreamConstants.ENTITY_REFERENCE -> throw refused("The XML uses an entity, expected plain text", this);
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > MAX_DEPTH) {
            throw refused("The XML is nested deeper than %d levels, expected less".formatted(MAX_DEPTH), this);
          }
          if (++elements > MAX_ELEMENTS) {
            throw refused("The XML has more than %,d elements, expected fewer".formatted(MAX_ELEMENTS), this);
          }
          if (getAttributeCount() > MAX_ATTRIBUTES) {
            throw refused("An element has more than %d attributes, expected fewer".formatted(MAX_ATTRIBUTES), this);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {
        }
      }
      return event;
    }

    private static XMLStreamException refused(String message, XMLStreamReader at) {
      return new XMLStreamException("%s (line %d).".formatted(message, at.getLocation().getLineNumber()));
    }
  }

  /** Refuses a single name, attribute or text that is too long before the parser has collected it. */
  private static final class Tokens extends java.io.FilterInputStream {
    private int sinceBracket;

    Tokens(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      for (int i = offset; i < offset + n; i++) {
        if (buffer[i] == '<' || buffer[i] == '>') {
          sinceBracket = 0;
        } else if (++sinceBracket > MAX_TOKEN_BYTES) {
          throw new LimitExceeded(
              "A name, attribute or text of the XML is longer than %,d bytes, expected less."
                  .formatted(MAX_TOKEN_BYTES));
        }
      }
      return n;
    }
  }
}
