package de.citycloud.platform.hub.connector.csv;

import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Mapping;
import de.citycloud.platform.hub.source.SourceInput;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;

/**
 * The text of a table and what separates its cells. A byte-order mark beats the mapping, the mapping beats the guess: a
 * beginning that is no UTF-8 is Windows-1252, which holds ISO-8859-1.
 *
 * @param reader the characters, byte-order mark left out
 * @param delimiter what separates cells
 */
record CsvText(Reader reader, char delimiter) {
  private static final int HEAD = 8192;
  private static final List<Character> DELIMITERS = List.of(';', ',', '\t', '|');

  static CsvText open(SourceInput input, Mapping mapping) throws IOException, InputRefused {
    var body = input.body();
    body.mark(HEAD + 1);
    var head = body.readNBytes(HEAD);
    body.reset();
    if (head.length == 0) {
      throw new InputRefused("%s is empty, expected a table.".formatted(input.name()));
    }
    Charset charset;
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      body.skipNBytes(3);
      charset = StandardCharsets.UTF_8;
    } else if (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16;
    } else {
      charset = charset(mapping, head);
    }
    var start = new String(head, charset);
    if (start.chars().filter(c -> c < 32 && c != '\t' && c != '\n' && c != '\r').count() > 0) {
      throw new InputRefused("%s holds control characters, expected a text table.".formatted(input.name()));
    }
    var said = mapping.text("delimiter");
    if (said.isPresent() && said.get().length() != 1 && !said.get().equals("tab")) {
      throw new InputRefused("\"delimiter\" of the mapping is \"%s\", expected one character or tab."
          .formatted(said.get()));
    }
    char delimiter = said.map(text -> text.equals("tab") ? '\t' : text.charAt(0)).orElseGet(() -> guess(start));
    return new CsvText(new InputStreamReader(body, charset), delimiter);
  }

  private static Charset charset(Mapping mapping, byte[] head) throws InputRefused {
    var said = mapping.text("charset");
    if (said.isPresent()) {
      try {
        return Charset.forName(said.get());
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new InputRefused("\"charset\" of the mapping is \"%s\", expected one such as ISO-8859-1."
            .formatted(said.get()));
      }
    }
    // without end of input, so that a character cut at the end of the head is no mistake
    var result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length),
        false);
    return result.isError() ? Charset.forName("windows-1252") : StandardCharsets.UTF_8;
  }

  /** The delimiter that the first lines have most often, and equally often. */
  private static char guess(String start) {
    var lines = start.lines().limit(12).toList();
    char best = ',';
    double bestScore = 0;
    for (char delimiter : DELIMITERS) {
      var counts = lines.stream().filter(line -> !line.isBlank()).mapToInt(line -> count(line, delimiter)).toArray();
      if (counts.length == 0 || counts[0] == 0) {
        continue;
      }
      long alike = java.util.Arrays.stream(counts).filter(n -> n == counts[0] || n == counts[0] + 1).count();
      double score = (double) alike / counts.length * 100 + counts[0];
      if (score > bestScore) {
        bestScore = score;
        best = delimiter;
      }
    }
    return best;
  }

  private static int count(String line, char delimiter) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        count++;
      }
    }
    return count;
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
