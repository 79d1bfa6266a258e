package com.ibstream.clocksync.examples.requalify;

import com.ibstream.clocksync.history.chain.LineScanner;
import com.ibstream.clocksync.history.stamps.Qualification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Copies recorded ticks, line by line, and adds to each the corrected time, its error bound and a
 * quality mark. What stands in a record stays as it is, byte for byte. For one thread; memory does
 * not grow with the ticks.
 */
public final class Requalifier {

  /** The mark of a record whose stamp cannot be read. */
  public static final String NO_STAMP = "no_stamp";

  private static final int MOST_NAMED = 5;
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** How far the feed's own time may be ahead of UTC. */
  private static final long FEED_AHEAD_NANOS = 2 * NANOS_PER_SECOND;

  /** How late a tick may come in, with the fraction that its time leaves out. */
  private static final long FEED_BEHIND_NANOS = 12 * NANOS_PER_SECOND;

  private final Judge judge;
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<Long> namedLines = new ArrayList<>();
  private long lineCount;
  private long foreignCount;
  private long doneBeforeCount;

  /**
   * A requalifier with nothing done.
   *
   * @param judge tells what a stamp meant
   */
  public Requalifier(Judge judge) {
    this.judge = judge;
  }

  /** Tells what a stamp meant. */
  @FunctionalInterface
  public interface Judge {

    /**
     * Judges a stamp.
     *
     * @param epochNanos as stamped
     * @param notBeforeNanos by the feed it was not before that, nanoseconds since 1970 UTC
     * @param notAfterNanos nor after that
     * @return what it meant
     */
    Qualification of(long epochNanos, long notBeforeNanos, long notAfterNanos);
  }

  /**
   * Copies all lines.
   *
   * @param from read to its end
   * @param to written as it comes; not closed
   * @throws IOException if either fails
   */
  public void copy(InputStream from, OutputStream to) throws IOException {
    LineScanner lines = new LineScanner(from);
    while (lines.next()) {
      lineCount++;
      Optional<TickStamp> tick = TickStamp.of(lines.bytes(), lines.start(), lines.length());
      if (tick.isEmpty() || tick.get().isQualified()) {
        unchanged(tick, lines);
        to.write(lines.bytes(), lines.start(), lines.length());
      } else {
        int kept = tick.get().end();
        to.write(lines.bytes(), lines.start(), kept);
        to.write(addition(tick.get()).getBytes(StandardCharsets.US_ASCII));
        to.write(lines.bytes(), lines.start() + kept, lines.length() - kept);
      }
      if (lines.isTerminated()) {
        to.write('\n');
      }
    }
  }

  private void unchanged(Optional<TickStamp> tick, LineScanner lines) {
    if (tick.isPresent()) {
      doneBeforeCount++;
    } else if (lines.length() > 0) {
      foreignCount++;
      if (namedLines.size() < MOST_NAMED) {
        namedLines.add(lineCount);
      }
    }
  }

  private String addition(TickStamp tick) {
    TickStamp.Format format = tick.format();
    if (tick.epochNanos().isEmpty()) {
      count(NO_STAMP);
      return ",\"" + format.qualityField() + "\":\"" + NO_STAMP + "\"";
    }
    Qualification found = judge(tick);
    count(found.quality().word());
    String mark = ",\"" + format.qualityField() + "\":\"" + found.quality().word() + "\"";
    if (!found.isKnown()) {
      return mark;
    }
    long micros = Math.floorDiv(found.correctedEpochNanos(), NANOS_PER_MICRO);
    // What is cut off of the time is added to its error.
    long errorMicros = Math.floorDiv(found.errorBoundNanos(), NANOS_PER_MICRO) + 2;
    return ",\""
        + format.timeField()
        + "\":"
        + (format == TickStamp.Format.V3 ? Long.toString(micros) : "\"" + iso(micros) + "\"")
        + ",\""
        + format.errorField()
        + "\":"
        + errorMicros
        + mark;
  }

  private Qualification judge(TickStamp tick) {
    long stamp = tick.epochNanos().orElseThrow();
    if (tick.feedSeconds().isEmpty()) {
      return judge.of(stamp, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    long fed = tick.feedSeconds().getAsLong() * NANOS_PER_SECOND;
    return judge.of(stamp, fed - FEED_AHEAD_NANOS, fed + FEED_BEHIND_NANOS);
  }

  /** As the records have it: microseconds, and the zone as an offset. */
  private static String iso(long epochMicros) {
    Instant second = Instant.ofEpochSecond(Math.floorDiv(epochMicros, MICROS_PER_SECOND));
    String text = second.toString();
    long micros = Math.floorMod(epochMicros, MICROS_PER_SECOND);
    return text.substring(0, text.length() - 1)
        + "."
        + Long.toString(MICROS_PER_SECOND + micros).substring(1)
        + "+00:00";
  }

  private void count(String mark) {
    counts.merge(mark, 1L, Long::sum);
  }

  /**
   * How many ticks got which mark.
   *
   * @return by the word of the mark
   */
  public Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  /**
   * How many lines were read.
   *
   * @return all of them
   */
  public long lineCount() {
    return lineCount;
  }

  /**
   * How many lines are no ticks, and were copied as they are.
   *
   * @return without empty lines
   */
  public long foreignCount() {
    return foreignCount;
  }

  /**
   * Where the first of them stand.
   *
   * @return line numbers, from 1
   */
  public List<Long> namedLines() {
    return List.copyOf(namedLines);
  }

  /**
   * How many ticks had a mark already, and were copied as they are.
   *
   * @return their number
   */
  public long doneBeforeCount() {
    return doneBeforeCount;
  }
}
