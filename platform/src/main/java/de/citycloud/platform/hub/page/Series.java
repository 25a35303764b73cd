package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.Histories.Range;
import de.citycloud.platform.hub.Histories.Sample;
import de.citycloud.platform.hub.Histories.Usual;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one chart and what they say about themselves.
 *
 * @param from left edge
 * @param to right edge
 * @param expected expected time between two samples, more than zero
 * @param samples oldest first
 * @param usual what is usual; null if unknown
 */
record Series(Instant from, Instant to, Duration expected, List<Sample> samples, @Nullable Usual usual) {
  /** How the newest value stands to what is usual. */
  enum Standing {
    HIGHER, LOWER, USUAL
  }

  /** A stretch without values. */
  record Gap(Instant from, Instant to) {}

  /** Samples that count, without the doubtful ones. */
  public List<Sample> sound() {
    return samples.stream().filter(sample -> !sample.doubtful()).toList();
  }

  public List<Sample> doubtful() {
    return samples.stream().filter(Sample::doubtful).toList();
  }

  /** Two samples further apart than this have a gap between them. */
  public Duration gapAfter() {
    return expected.multipliedBy(2).plusSeconds(1);
  }

  /** Gaps between samples, newest first. */
  public List<Gap> gaps() {
    var gaps = new ArrayList<Gap>();
    var sound = sound();
    for (int i = 1; i < sound.size(); i++) {
      var gap = new Gap(sound.get(i - 1).time(), sound.get(i).time());
      if (Duration.between(gap.from(), gap.to()).compareTo(gapAfter()) > 0) {
        gaps.addFirst(gap);
      }
    }
    return gaps;
  }

  /** How many samples there should be since the first one. */
  public long wanted() {
    var sound = sound();
    return sound.isEmpty()
        ? 0
        : Math.max(sound.size(), Duration.between(sound.getFirst().time(), to).dividedBy(expected));
  }

  /** Share of the wanted samples that are there, in percent, 0 to 100. */
  public long completePercent() {
    return wanted() == 0 ? 0 : 100L * sound().size() / wanted();
  }

  /** The usual range at a time; null if unknown. */
  public @Nullable Range usualAt(Instant time) {
    return usual == null ? null : usual.at(time);
  }

  /** How a value stands to what is usual at its time; null if that is unknown. */
  public @Nullable Standing standing(Instant time, double value) {
    var range = usualAt(time);
    if (range == null) {
      return null;
    }
    return value > range.high() ? Standing.HIGHER : value < range.low() ? Standing.LOWER : Standing.USUAL;
  }

  /** Since when all samples stand as the newest one does; null if what is usual is unknown. */
  public @Nullable Instant since() {
    var sound = sound();
    if (sound.isEmpty()) {
      return null;
    }
    var last = sound.getLast();
    var now = standing(last.time(), last.value());
    Instant since = null;
    for (var sample : sound.reversed()) {
      if (now == null || standing(sample.time(), sample.value()) != now) {
        break;
      }
      since = sample.time();
    }
    return since;
  }
}
