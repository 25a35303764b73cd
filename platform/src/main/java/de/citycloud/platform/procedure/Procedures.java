package de.citycloud.platform.procedure;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The procedures that the current municipality offers. */
public interface Procedures {
  /** Those one can apply for at this time, ordered by name. */
  List<ResolvedProcedure> listOffered(Instant at);

  /** The procedure of this key as it applies at this time; empty if it is not offered then. */
  Optional<ResolvedProcedure> find(String key, Instant at);

  /**
   * The procedure as it applied to a case: the version it began with, and the parameters of the day it came in.
   *
   * @throws IllegalArgumentException if there is no such activation here
   */
  ResolvedProcedure ofCase(long activationId, Instant receivedAt);
}
