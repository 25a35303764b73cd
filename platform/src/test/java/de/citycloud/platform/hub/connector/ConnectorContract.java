package de.citycloud.platform.hub.connector;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.SourceReport;
import de.citycloud.platform.hub.source.Connector;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Mapping;
import de.citycloud.platform.hub.source.SourceInput;
import de.citycloud.platform.hub.source.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every connector keeps: it reads a recorded answer without rejecting anything, recognises it, and whatever is
 * broken in it, throws nothing but a refusal and gives each rejected row a place and a reason.
 */
public abstract class ConnectorContract {
  protected static final Instant RECEIVED = Instant.parse("2026-05-01T08:00:00Z");
  private static final int VARIANTS = 400;

  /** The connector under test. */
  protected abstract Connector connector();

  /** Recorded answers of our own making, by a name for the failure text. */
  protected abstract Map<String, String> recordings();

  /** The recorded answer of this name. */
  protected final String recording(String name) {
    return java.util.Objects.requireNonNull(recordings().get(name), name);
  }

  /** How to read them; none unless overridden. */
  protected String mapping() {
    return "";
  }

  /** Reads {@code text} and returns what was found. */
  protected final Found read(String text) throws IOException, InputRefused {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  protected final Found read(byte[] bytes) throws IOException, InputRefused {
    var found = new Found();
    connector().read(SourceInput.of("answer", new ByteArrayInputStream(bytes), RECEIVED, Mapping.parse(mapping())),
        found.count);
    return found;
  }

  @Test
  void aRecordedAnswerIsReadWhole() throws Exception {
    for (var recording : recordings().entrySet()) {
      var found = read(recording.getValue());
      assertThat(found.report().rejected()).as(recording.getKey()).isEmpty();
      assertThat(found.records).as(recording.getKey()).isNotEmpty();
    }
  }

  @Test
  void itRecognisesItsOwn() throws Exception {
    for (var recording : recordings().entrySet()) {
      var input = SourceInput.of("answer",
          new ByteArrayInputStream(recording.getValue().getBytes(StandardCharsets.UTF_8)),
          RECEIVED, Mapping.NONE);
      assertThat(Connectors.get("auto", input.head()).kind()).as(recording.getKey()).isEqualTo(connector().kind());
    }
  }

  @Test
  void nothingThatIsBrokenThrowsAndEachRejectedRowSaysWhereAndWhy() throws Exception {
    for (var recording : recordings().entrySet()) {
      for (int seed = 0; seed < VARIANTS; seed++) {
        var as = "%s, seed %d".formatted(recording.getKey(), seed);
        try {
          var found = read(broken(recording.getValue(), new Random(seed)));
          assertThat(found.report().rejected()).as(as).allSatisfy(row -> {
            assertThat(row.place()).isNotBlank();
            assertThat(row.reason()).isNotBlank();
          });
          assertThat(found.records.size() + found.report().rejectedCount()).as(as).isPositive();
        } catch (InputRefused e) {
          assertThat(e.getMessage()).as(as).isNotBlank();
        } catch (RuntimeException e) {
          throw new AssertionError(as, e);
        }
      }
    }
  }

  @Test
  void theGuideDocumentsIt() throws Exception {
    var guide = Path.of("..", "docs", "connect-a-source.md");
    assertThat(guide).exists();
    assertThat(Files.readString(guide)).as("%s has no section for the kind; add one with an example", guide)
        .contains("### `" + connector().kind() + "`");
  }

  private static byte[] broken(String text, Random random) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(9)) {
      case 0 -> java.util.Arrays.copyOf(bytes, at); // cut off
      case 1 -> with(bytes, at, new byte[]{(byte) 0xE4, (byte) 0xFF}); // another charset
      case 2 -> with(bytes, at, new byte[]{0});
      case 3 ->
        with(bytes, at, "x".repeat(random.nextBoolean() ? 100_000 : 1_200_000).getBytes(StandardCharsets.UTF_8));
      case 4 ->
        text.replaceAll("\\d", "abc".substring(random.nextInt(3)).substring(0, 1)).getBytes(StandardCharsets.UTF_8);
      case 5 -> with(bytes, at,
          (random.nextBoolean() ? "[".repeat(5_000) : "<a>".repeat(500)).getBytes(StandardCharsets.UTF_8));
      case 6 -> text.getBytes(random.nextBoolean() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16);
      case 7 -> { // wrong types and impossible values
        var values = List.of("null", "-1", "1e999", "\"\"", "NaN", "{}", "true", "99999999999999999999", "31.02.2026");
        yield text.replaceFirst("\\d+", values.get(random.nextInt(values.size()))).getBytes(StandardCharsets.UTF_8);
      }
      default -> { // a few bytes of noise
        var noisy = bytes.clone();
        for (int i = 0; i < 5; i++) {
          noisy[random.nextInt(noisy.length)] = (byte) random.nextInt(256);
        }
        yield noisy;
      }
    };
  }

  private static byte[] with(byte[] bytes, int at, byte[] more) {
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(more);
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  /** What a connector found. */
  protected static final class Found implements Findings {
    final List<SourceRecord> records = new ArrayList<>();
    final FindingsCount count = new FindingsCount(this);

    public SourceReport report() {
      return count.report();
    }

    /** Observations as {@code thing/datastream=result}, with flags, in order. */
    public List<String> observations() {
      return records.stream().filter(SourceRecord.ObservationFound.class::isInstance)
          .map(SourceRecord.ObservationFound.class::cast)
          .map(one -> "%s/%s=%s%s".formatted(one.thingId(), one.datastreamKey(), switch (one.result()) {
            case de.citycloud.platform.hub.Result.Numeric number -> number.value();
            case de.citycloud.platform.hub.Result.Json json -> json.value().toString();
          }, one.flags().isEmpty() ? "" : " " + one.flags())).toList();
    }

    /** Times of the Observations, in order. */
    public List<String> times() {
      return records.stream().filter(SourceRecord.ObservationFound.class::isInstance)
          .map(SourceRecord.ObservationFound.class::cast).map(one -> one.time().toString()).toList();
    }

    /** Things that are described, in order. */
    public List<SourceRecord.ThingFound> things() {
      return records.stream().filter(SourceRecord.ThingFound.class::isInstance).map(SourceRecord.ThingFound.class::cast)
          .toList();
    }

    @Override
    public void accept(SourceRecord found) {
      records.add(found);
    }

    @Override
    public void reject(String place, String reason, @Nullable String excerpt) {
      // counted
    }
  }
}
