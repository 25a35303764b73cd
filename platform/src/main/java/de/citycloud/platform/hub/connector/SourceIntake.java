package de.citycloud.platform.hub.connector;

import de.citycloud.platform.guard.LimitExceeded;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.SourceReport;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Mapping;
import de.citycloud.platform.problem.CityProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Takes one input of a source, whichever door it came through: reads, stores, keeps what is rejected, notes how it went. */
@Service
class SourceIntake {
  /** Kinds that tell a value as soon as it is measured. */
  private static final Set<String> LIVE = Set.of("tts", "chirpstack", "sensor-community");
  private static final int EXCERPT = 4_096;

  private final Observations observations;
  private final EntityUpsert entities;
  private final Quarantine quarantine;
  private final SourceTable sources;
  private final JsonMapper json;

  SourceIntake(Observations observations, EntityUpsert entities, Quarantine quarantine, SourceTable sources,
      JsonMapper json) {
    this.observations = observations;
    this.entities = entities;
    this.quarantine = quarantine;
    this.sources = sources;
    this.json = json;
  }

  /**
   * Takes {@code in} and returns when everything usable is durable.
   *
   * @param pushed true if the source sent it of its own accord
   * @throws CityProblem {@code input-refused}, {@code too-large} or {@code hub-busy}; it is noted at the source
   */
  SourceReport take(SourceRow source, String name, InputStream in, Instant receivedAt, boolean pushed) {
    var head = new HeadKept(in);
    try {
      var report = read(source, name, head, receivedAt, pushed);
      sources.succeeded(source, report.report.observations(), report.report.rejectedCount(), report.newest);
      return report.report;
    } catch (InputRefused e) {
      quarantine.add(source.id(), List.of(new Quarantine.Entry(name, message(e), head.text())));
      throw failed(source, new CityProblem("input-refused", HttpStatus.UNPROCESSABLE_CONTENT, message(e)));
    } catch (LimitExceeded e) {
      quarantine.add(source.id(), List.of(new Quarantine.Entry(name, message(e), null)));
      throw failed(source, new CityProblem("too-large", HttpStatus.CONTENT_TOO_LARGE, message(e)));
    } catch (IOException e) {
      quarantine.add(source.id(), List.of(new Quarantine.Entry(name, "The input breaks: " + message(e), null)));
      throw failed(source, new CityProblem("input-refused", HttpStatus.UNPROCESSABLE_CONTENT,
          "%s cannot be read to its end: %s".formatted(name, message(e))));
    } catch (CityProblem e) {
      throw failed(source, e);
    }
  }

  /** Reads the replayable part of the quarantine again. */
  SourceReport replay(SourceRow source) {
    int things = 0;
    int streams = 0;
    long stored = 0;
    int events = 0;
    long left = 0;
    var reasons = new java.util.ArrayList<SourceReport.Rejected>();
    for (var row : quarantine.list(source.id(), Integer.MAX_VALUE)) {
      if (!row.replayable()) {
        left++;
        continue;
      }
      try {
        // the byte-order mark says UTF-8, whatever the source's own charset is
        var text = new ByteArrayInputStream(("\uFEFF" + row.excerpt()).getBytes(StandardCharsets.UTF_8));
        quarantine.remove(source.id(), row.id()); // what fails again comes back
        var report = read(source, row.place(), text, row.firstAt(), false);
        things += report.report.things();
        streams += report.report.datastreams();
        stored += report.report.observations();
        events += report.report.events();
        left += report.report.rejectedCount();
        reasons.addAll(report.report.rejected());
        sources.succeeded(source, report.report.observations(), 0, report.newest);
      } catch (InputRefused | IOException e) {
        left++;
        reasons.add(new SourceReport.Rejected(row.place(), message(e)));
        quarantine.add(source.id(), List.of(new Quarantine.Entry(row.place(), message(e), row.excerpt())));
      }
    }
    return new SourceReport(things, streams, stored, events, left,
        reasons.subList(0, Math.min(reasons.size(), SourceReport.NAMED)));
  }

  private Outcome read(SourceRow source, String name, InputStream in, Instant receivedAt, boolean pushed)
      throws IOException, InputRefused {
    var writer = new RecordWriter(source, observations, entities, quarantine, json, receivedAt,
        pushed && LIVE.contains(source.kind()));
    var count = new FindingsCount(writer);
    try {
      InputReading.read(source.kind(), name, in, receivedAt, Mapping.parse(source.mapping()), count);
    } finally {
      writer.flush(); // what was read before a break is good
    }
    return new Outcome(count.report(), writer.newest());
  }

  private CityProblem failed(SourceRow source, CityProblem problem) {
    sources.failed(source, String.valueOf(problem.getMessage()));
    return problem;
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private record Outcome(SourceReport report, @org.jspecify.annotations.Nullable Instant newest) {}

  /** Remembers the first bytes, to show what a refused input looked like. */
  private static final class HeadKept extends java.io.FilterInputStream {
    private final java.io.ByteArrayOutputStream head = new java.io.ByteArrayOutputStream();
    private boolean whole = true;

    HeadKept(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        keep(new byte[]{(byte) b}, 0, 1);
      }
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        keep(buffer, offset, n);
      }
      return n;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void keep(byte[] buffer, int offset, int length) {
      int room = Math.min(length, EXCERPT - head.size());
      head.write(buffer, offset, room);
      whole &= room == length;
    }

    /** The text, with an ellipsis if it is cut, so that it is not taken for the whole. */
    String text() {
      var text = head.toString(StandardCharsets.UTF_8);
      return whole ? text : text + "\uFFFD…";
    }
  }
}
