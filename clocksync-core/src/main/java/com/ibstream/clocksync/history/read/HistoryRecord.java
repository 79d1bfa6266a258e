package com.ibstream.clocksync.history.read;

import com.ibstream.clocksync.time.TrustLevel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A record of the history as the reports need it, without the details of each server. Immutable.
 *
 * @param kind what it is
 * @param atEpochNanos when, nanoseconds since 1970: UTC where {@code isByUtc}, else by the system
 *     clock
 * @param isByUtc whether the trusted clock was to be trusted
 * @param monoNanos when, on the ruler of that process
 * @param wallEpochNanos what the system clock showed
 * @param wallErrorNanos how exactly that is known
 * @param trust how far the trusted clock was to be believed
 * @param reason why, as the word of the record; may be empty
 * @param utc the time; empty while it was unknown
 * @param since what was seen since the record before; empty where nothing can be said of it
 * @param toleranceNanos the greatest error bound that was trusted
 * @param voteAgeNanos time since the last successful vote; empty if there was none
 * @param service the state of the time service, as the word of the record; empty if nobody looked
 * @param rtc the state of the hardware clock, as the word of the record; empty if nobody looked
 * @param events what changed
 * @param sources each server; empty unless they were asked for
 */
public record HistoryRecord(
    Kind kind,
    long atEpochNanos,
    boolean isByUtc,
    long monoNanos,
    long wallEpochNanos,
    long wallErrorNanos,
    TrustLevel trust,
    String reason,
    Optional<Utc> utc,
    Optional<Since> since,
    long toleranceNanos,
    OptionalLong voteAgeNanos,
    Optional<String> service,
    Optional<String> rtc,
    List<Event> events,
    List<Source> sources) {

  /** No monitor is silent for longer: two of the longest intervals between records. */
  public static final long MOST_SILENT_NANOS = 600_000_000_000L;

  /** Looks come every 200 ms; what happened to the clock in so many of them nobody knows. */
  private static final long MOST_UNSEEN_NANOS = 10_000_000_000L;

  private static final long MOST_ASLEEP_NANOS = 1_000_000_000L;

  /** Copies the lists. */
  public HistoryRecord {
    events = List.copyOf(events);
    sources = List.copyOf(sources);
  }

  /** What a record is. */
  public enum Kind {
    /** A monitor began to write. */
    START,
    /** What was known. */
    STATUS,
    /** Records are missing before this one. */
    GAP,
    /** The monitor ended. */
    STOP,
    /** A file begins, or a later version has written something else. */
    OTHER
  }

  /**
   * The trusted time.
   *
   * @param epochNanos best estimate
   * @param leastNanos the earliest UTC possible
   * @param mostNanos the latest
   * @param ratePpm how much faster than the system clock UTC ran
   * @param slewAllowancePpm how fast the system clock may have been slewed unnoticed between two
   *     looks
   */
  public record Utc(
      long epochNanos, long leastNanos, long mostNanos, double ratePpm, double slewAllowancePpm) {}

  /**
   * All looks since the record before, that one included.
   *
   * @param fromMonoNanos the record before, on the ruler; where the newest record of the file
   *     before this one is another, records are missing
   * @param leastNanos UTC minus system clock, against the straight line through the record before:
   *     the least
   * @param mostNanos the greatest
   * @param boundNanos the greatest error bound of the trusted clock
   * @param gapNanos the longest time between two looks
   */
  public record Since(
      long fromMonoNanos, long leastNanos, long mostNanos, long boundNanos, long gapNanos) {}

  /**
   * Something that changed.
   *
   * @param type which kind of event
   * @param isWarning whether somebody should look at it
   * @param text for people
   * @param fromNanos where stamps are withdrawn: the first, in trusted time
   * @param untilNanos the last
   */
  public record Event(
      String type,
      boolean isWarning,
      String text,
      OptionalLong fromNanos,
      OptionalLong untilNanos) {}

  /**
   * A server as it stood.
   *
   * @param server the name as configured
   * @param address its address; may be empty
   * @param state what it was worth, as the word of the record
   * @param offsetNanos UTC by this server minus system clock; empty if it told nothing
   * @param boundNanos how wrong that can be
   * @param rootDistanceNanos its own root distance
   * @param stratum hops from a reference clock; 0 if it told nothing
   * @param reference what it followed; may be empty
   */
  public record Source(
      String server,
      String address,
      String state,
      OptionalLong offsetNanos,
      long boundNanos,
      long rootDistanceNanos,
      int stratum,
      String reference) {}

  /**
   * Whether nobody looked between two records for so long, or did not write it down, that nothing
   * can be said of that time. That includes a host that slept: then UTC went on without the ruler.
   *
   * @param a the earlier
   * @param b the next of the same run
   * @return true if the time between is unmonitored
   */
  public static boolean isGap(HistoryRecord a, HistoryRecord b) {
    long elapsed = b.monoNanos - a.monoNanos;
    boolean isWhole =
        b.since
            .map(seen -> seen.fromMonoNanos == a.monoNanos && seen.gapNanos <= MOST_UNSEEN_NANOS)
            .orElse(true);
    boolean hasSlept =
        a.isByUtc
            && b.isByUtc
            && Math.abs(b.atEpochNanos - a.atEpochNanos - elapsed) > MOST_ASLEEP_NANOS;
    return elapsed < 0 || elapsed > MOST_SILENT_NANOS || !isWhole || hasSlept;
  }

  /**
   * Whether an event of that type is among them.
   *
   * @param type its simple name
   * @return true if it is
   */
  public boolean has(String type) {
    for (Event event : events) {
      if (event.type().equals(type)) {
        return true;
      }
    }
    return false;
  }
}
