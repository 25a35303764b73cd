package de.citycloud.platform.hub.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * An input to be read, unpacked and within the limits.
 *
 * @param name name of the file or address, used in places
 * @param head its beginning
 * @param body all of its bytes, the head included
 * @param receivedAt when it came; stands for the phenomenonTime where the format says none
 * @param mapping how to read it
 */
public record SourceInput(String name, InputHead head, InputStream body, Instant receivedAt, Mapping mapping) {
  /** Looks at the head of {@code body}. */
  public static SourceInput of(String name, InputStream body, Instant receivedAt, Mapping mapping) throws IOException {
    var buffered = new BufferedInputStream(body, 1 << 16);
    buffered.mark(InputHead.BYTES + 1);
    var head = InputHead.of(name, buffered.readNBytes(InputHead.BYTES));
    buffered.reset();
    return new SourceInput(name, head, buffered, receivedAt, mapping);
  }
}
