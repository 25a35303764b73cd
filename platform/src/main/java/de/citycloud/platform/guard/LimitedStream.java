package de.citycloud.platform.guard;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails with {@link LimitExceeded} as soon as more than a number of bytes was read. */
public final class LimitedStream extends FilterInputStream {
  private final long limitBytes;
  private final String what;
  private long count;

  /**
   * @param in where the bytes come from
   * @param limitBytes how many bytes may be read
   * @param what name of the stream for the message, e.g. {@code The body}
   */
  public LimitedStream(InputStream in, long limitBytes, String what) {
    super(in);
    this.limitBytes = limitBytes;
    this.what = what;
  }

  /** Bytes read so far. */
  public long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      add(1);
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    if (n > 0) {
      add(n);
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    add(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void add(long n) throws LimitExceeded {
    count += n;
    if (count > limitBytes) {
      throw new LimitExceeded("%s is longer than %,d bytes, expected less.".formatted(what, limitBytes));
    }
  }
}
