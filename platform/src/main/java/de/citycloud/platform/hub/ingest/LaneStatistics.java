package de.citycloud.platform.hub.ingest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a municipality's lane did since the program started; counts are Observations. */
final class LaneStatistics {
  final LongAdder received = new LongAdder();
  final LongAdder stored = new LongAdder();
  /** There already: repeats of a source, and requests sent again with their key. */
  final LongAdder repeated = new LongAdder();
  final LongAdder refused = new LongAdder();
  /** Dated more than an hour ahead of our clock. */
  final LongAdder ahead = new LongAdder();
  final LongAdder batches = new LongAdder();
  final AtomicInteger queued = new AtomicInteger();
  /** How long the last batch took from start to commit, in ns. */
  final AtomicLong lastCommitNanos = new AtomicLong();
}
