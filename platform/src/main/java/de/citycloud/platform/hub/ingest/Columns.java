package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Result;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows as columns, as the statement takes them. A column without any value stays empty. */
final class Columns {
  private final int[] datastreams;
  private final long[] times;
  private final double[] results;
  private final short[] seqs;
  private @Nullable Long @Nullable [] made;
  private @Nullable Integer @Nullable [] features;
  private @Nullable String @Nullable [] details;
  private boolean numbered;
  private int size;

  Columns(int capacity) {
    datastreams = new int[capacity];
    times = new long[capacity];
    results = new double[capacity];
    seqs = new short[capacity];
  }

  void add(NewObservation observation, long at, @Nullable String detail, int seq, @Nullable Integer feature) {
    datastreams[size] = observation.datastreamId();
    times[size] = at;
    // NaN is no result, so it can stand for none.
    results[size] = observation.result() instanceof Result.Numeric(double value) ? value : Double.NaN;
    seqs[size] = (short) seq;
    numbered |= seq > 0;
    var resultTime = observation.resultTime();
    if (resultTime != null) {
      made = made == null ? new @Nullable Long[times.length] : made;
      made[size] = Submission.micros(resultTime);
    }
    if (observation.featureId() != null || feature != null) {
      features = features == null ? new @Nullable Integer[times.length] : features;
      features[size] = observation.featureId() == null ? feature : observation.featureId();
    }
    if (detail != null) {
      details = details == null ? new @Nullable String[times.length] : details;
      details[size] = detail;
    }
    size++;
  }

  /** Key and number only. */
  void bindKeys(Binder bind) throws SQLException {
    bind.array("int4", datastreams);
    bind.array("int8", times);
    bind.array("float8", results);
    bind.array("int2", seqs);
  }

  void bind(Binder bind) throws SQLException {
    bind.array("int4", datastreams);
    bind.array("int8", times);
    bind.array("float8", results);
    bind.array("int8", made == null ? new long[0] : made);
    bind.array("int4", features == null ? new int[0] : features);
    bind.array("text", details == null ? new String[0] : details);
    bind.array("int2", numbered ? seqs : new short[0]);
  }
}
