package de.citycloud.platform.hub.source;

import java.io.IOException;

/**
 * Reads the format of one kind of source. It neither fetches nor stores, keeps no state and may be used by several
 * threads; schedule, time limits, retry and quarantine are written once, in {@code ConnectorRunner}.
 *
 * <p>A row that cannot be used is a finding, never an exception: {@link Findings#reject}. What is missing stays missing;
 * a value that is there but unlikely (negative, above capacity) is kept and flagged.
 */
public interface Connector {
  /** Its name in the source form and on the command line, e.g. {@code parking-pbw}. */
  String kind();

  /** True if {@code head} looks like this kind; used by {@code auto}, so rather false than wrong. */
  boolean recognises(InputHead head);

  /**
   * Reads {@code input} to its end.
   *
   * @throws InputRefused if nothing of it can be used
   * @throws IOException if the bytes cannot be read, e.g. because a limit is broken
   */
  void read(SourceInput input, Findings findings) throws IOException, InputRefused;
}
