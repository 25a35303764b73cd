package de.citycloud.benchmarks.hub;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads HTTP/1.1 from a connection, as thin as possible so that the client costs little. */
public final class HttpText {
  private HttpText() {}

  /** One line without its end. */
  public static String line(InputStream in) throws IOException {
    var text = new StringBuilder(80);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The program closed the connection");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  /** A body in chunks (transfer-encoding: chunked), whole. */
  public static byte[] chunks(InputStream in) throws IOException {
    var whole = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", -1)[0].strip(), 16);
      if (size == 0) {
        line(in);
        return whole.toByteArray();
      }
      whole.write(in.readNBytes(size));
      line(in);
    }
  }
}
