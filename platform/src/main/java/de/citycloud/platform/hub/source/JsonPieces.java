package de.citycloud.platform.hub.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cuts JSON into its pieces – elements of a list, members of an object, lines of NDJSON – and reads each on its own, so
 * that a broken piece is rejected and the next one is read. A piece has at most 1 MB and 64 levels.
 */
public final class JsonPieces {
  /** How a JSON text is cut. */
  public enum Cut {
    /** Elements of the outer list, lines of NDJSON, or the one value. */
    ELEMENTS,
    /** Members of the outer object. */
    MEMBERS
  }

  /** Takes a piece. */
  @FunctionalInterface
  public interface Taker {
    /**
     * @param place where it stands, e.g. {@code element 3}
     * @param name name of the member; empty for elements
     * @param value what it is
     * @param text as it was written
     */
    void take(String place, String name, JsonNode value, String text) throws IOException;
  }

  private static final int MAX_PIECE_BYTES = 1 << 20;
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(MAX_PIECE_BYTES)
          .maxNumberLength(100).maxNameLength(1000).build())
      .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build()).build();

  private final InputStream in;
  private final Findings findings;
  private final Taker taker;
  private int next = -2;
  private int line = 1;
  private int number;
  private int taken;

  private JsonPieces(InputStream in, Findings findings, Taker taker) {
    this.in = in;
    this.findings = findings;
    this.taker = taker;
  }

  /**
   * Reads {@code input} piece by piece.
   *
   * @throws InputRefused if there is no JSON at all
   */
  public static void read(SourceInput input, Cut cut, Findings findings, Taker taker)
      throws IOException, InputRefused {
    var pieces = new JsonPieces(input.body(), findings, taker);
    pieces.skipByteOrderMark();
    int first = pieces.peekVisible();
    if (first == '[' && cut == Cut.ELEMENTS) {
      pieces.list();
    } else if (first == '{' && cut == Cut.MEMBERS) {
      pieces.members();
    } else if (first == '{' && isLines(input.head().text())) {
      pieces.lines();
    } else if (first == '{') {
      pieces.values();
    } else {
      throw new InputRefused(first < 0
          ? "%s is empty, expected JSON.".formatted(input.name())
          : "%s begins with \"%s\", expected a JSON %s.".formatted(input.name(),
              Checks.shown(input.head().text().lines().findFirst().orElse("")),
              cut == Cut.MEMBERS ? "object" : "list or object"));
    }
    if (pieces.taken == 0 && pieces.number <= 1 && pieces.broken != null) {
      throw new InputRefused("%s is no JSON: %s".formatted(input.name(), pieces.broken));
    }
  }

  private @Nullable String broken;

  /** True if the first line is an object of its own and more follow. */
  private static boolean isLines(String head) {
    int end = head.indexOf('\n');
    if (end < 0) {
      return false;
    }
    var line = head.substring(0, end).strip();
    return line.startsWith("{") && line.endsWith("}") && line.length() > 2;
  }

  private void list() throws IOException {
    read();
    while (true) {
      int c = peekVisible();
      if (c < 0) {
        end("The list does not end, expected \"]\".");
        return;
      }
      if (c == ']') {
        read();
        rest();
        return;
      }
      if (c == ',') {
        read();
        continue;
      }
      piece("element " + ++number, "");
    }
  }

  private void members() throws IOException {
    read();
    while (true) {
      int c = peekVisible();
      if (c < 0) {
        end("The object does not end, expected \"}\".");
        return;
      }
      if (c == '}') {
        read();
        rest();
        return;
      }
      if (c == ',') {
        read();
        continue;
      }
      number++;
      var name = text(scan());
      if (c != '"' || peekVisible() != ':') {
        end("Member %d begins with \"%s\", expected a name and a colon.".formatted(number, Checks.shown(name)));
        return;
      }
      read();
      var plain = name.length() < 2 ? "" : name.substring(1, name.length() - 1);
      piece("member \"" + Checks.shown(plain) + "\"", plain);
    }
  }

  private void values() throws IOException {
    while (peekVisible() >= 0) {
      number++;
      piece(number == 1 && taken == 0 ? "the message" : "value " + number, "");
    }
  }

  private void lines() throws IOException {
    while (peek() >= 0) {
      int at = line;
      var bytes = new ByteArrayOutputStream();
      boolean tooLong = false;
      for (int c = read(); c >= 0 && c != '\n'; c = read()) {
        if (bytes.size() < MAX_PIECE_BYTES) {
          bytes.write(c);
        } else {
          tooLong = true;
        }
      }
      var text = bytes.toByteArray();
      if (tooLong) {
        reject("line " + at, tooLong(), text);
      } else if (!new String(text, StandardCharsets.ISO_8859_1).isBlank()) {
        number++;
        parse("line " + at, "", text);
      }
    }
  }

  private void rest() throws IOException {
    int c = peekVisible();
    if (c >= 0) {
      end("After the end follows \"%c\", expected nothing.".formatted(c < 128 ? c : '?'));
    }
  }

  private void end(String reason) throws IOException {
    broken = reason;
    findings.reject("line " + line, reason, null);
    in.transferTo(java.io.OutputStream.nullOutputStream());
    next = -1;
  }

  private void piece(String place, String name) throws IOException {
    int at = line;
    var bytes = scan();
    var full = place + " (line " + at + ")";
    if (bytes == null) {
      reject(full, tooLong(), new byte[0]);
    } else {
      parse(full, name, bytes);
    }
  }

  private static String tooLong() {
    return "The piece is longer than %,d bytes, expected less.".formatted(MAX_PIECE_BYTES);
  }

  private void parse(String place, String name, byte[] bytes) throws IOException {
    JsonNode value;
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      reject(place, "The text is not UTF-8, expected UTF-8.\nMaybe the source writes ISO-8859-1; JSON may not.", bytes);
      return;
    }
    try {
      value = MAPPER.readTree(text);
    } catch (JacksonException e) {
      reject(place, "This is no JSON: " + reason(e), bytes);
      return;
    }
    taken++;
    taker.take(place, name, value, text);
  }

  private void reject(String place, String reason, byte[] bytes) throws IOException {
    broken = reason;
    findings.reject(place, reason, text(bytes));
  }

  private static String reason(JacksonException e) {
    var message = e.getOriginalMessage();
    return Checks.shown(message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable"));
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** One balanced value; null if it is too long. Ends at the end of the input at the latest. */
  private byte @Nullable [] scan() throws IOException {
    var bytes = new ByteArrayOutputStream();
    long length = 0;
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    while (true) {
      int c = peek();
      if (c < 0) {
        break;
      }
      if (!inString && depth == 0 && length > 0 && (c == ',' || c == ']' || c == '}' || c == ':')) {
        break;
      }
      read();
      if (++length <= MAX_PIECE_BYTES) {
        bytes.write(c);
      }
      if (inString) {
        inString = escaped || c != '"';
        escaped = !escaped && c == '\\';
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
      if (depth <= 0 && !inString && (c == '}' || c == ']' || c == '"')) {
        break;
      }
    }
    return length > MAX_PIECE_BYTES ? null : bytes.toByteArray();
  }

  private void skipByteOrderMark() throws IOException {
    if (peek() == 0xEF) {
      read();
      read();
      read();
    }
  }

  private int peekVisible() throws IOException {
    int c = peek();
    while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      read();
      c = peek();
    }
    return c;
  }

  private int peek() throws IOException {
    if (next == -2) {
      next = in.read();
    }
    return next;
  }

  private int read() throws IOException {
    int c = peek();
    if (c >= 0) {
      next = -2;
    }
    if (c == '\n') {
      line++;
    }
    return c;
  }
}
